"""Plays a scenario: sandbox staff take the real steps of each item, one use case after the other. Nothing is forged."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from app.adapters.names import ChineseNames
from app.adapters.postgres.clock_keeper import PostgresClockKeeper
from app.adapters.postgres.database import Database
from app.adapters.postgres.duplicate_keeper import PostgresDuplicateKeeper
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.application import Application, CaseKind, Channel, Item
from app.domain.benefit import IN_FAVOUR, Action, BenefitCase, RefusalReason, Stage
from app.domain.certificate import CertificateCase, EvaluationConclusion, GuardianProof
from app.domain.certificate import RefusalReason as CertificateRefusal
from app.domain.certificate import Stage as CertificateStage
from app.domain.confirmation import TakenDown
from app.domain.correction import Want, WantKind
from app.domain.duplicate import NotComparedYet
from app.domain.shared.access import Role
from app.domain.shared.errors import DomainError
from app.domain.shared.identity import Category, Grade
from app.domain.shared.region import contains
from app.sandbox.authority import posts, scopes_of
from app.services import benefit, sandbox
from app.services.application import get_application, withdraw_item
from app.services.certificate import evaluation, steps
from app.services.confirmation import give_confirmation, list_application_confirmations
from app.services.correction import NOT_THERE, CorrectionRequest, ask_correction
from app.services.duplicate import compare_person
from app.services.evidence import list_application_evidence
from app.services.ports.caller import Caller
from app.services.ports.work import UnitOfWork
from app.services.scenario import End

PLAYED = "played"
PHONE_WANTED = "请填写能联系到您的电话号码。（沙箱示例）"
PAPER_WANTED = "请提供这份材料：可以上传，也可以到窗口出示原件。（沙箱示例）"
STANDARD_NOT_MET = "医生评定未达到残疾标准。身体状况变化后，可以再次申请。（沙箱示例）"
CONDITIONS_NOT_MET = "经核对，目前不符合这项待遇的条件。情况变化后，可以再次申请。（沙箱示例）"
GRANTED_ALL_THE_SAME = "经工作人员核实，予以批准。（沙箱示例）"
PHONE = "phone"


class Play:
    """One scenario over one application of one client."""

    def __init__(self, database: Database, application_id: UUID, *, client_id: UUID) -> None:
        self._database = database
        self._application_id = application_id
        self._client_id = client_id

    async def run(self, script: Mapping[str, End]) -> str:
        """Take each item to its end, in the order of the application; says where it stopped, if it could not go on."""
        items = (await self._application()).items
        if strangers := script.keys() - {item.code for item in items}:
            return f"stopped at {min(strangers)}: not_in_application"
        for item in items:
            if item.code in script:
                try:
                    await self._compared(item, script[item.code])
                except DomainError as refusal:
                    return f"stopped at {item.code}: {refusal.code}"
        return PLAYED

    async def _compared(self, item: Item, end: End) -> None:
        """Take an item to its end; whoever was not compared yet is compared first, as in any other request."""
        if item.needs_word and end is not End.WITHDRAWN:
            await self._word(item)
        try:
            await self._take(item, end)
        except NotComparedYet as waiting:
            if waiting.who is None:
                raise
            keeper = PostgresDuplicateKeeper(self._database)
            await compare_person(waiting.who, names=ChineseNames(), keeper=keeper)
            await self._take(item, end)

    async def _take(self, item: Item, end: End) -> None:
        if end is End.WITHDRAWN:
            version = (await self._application()).version
            uow = self._as_portal("withdraw_item")
            await withdraw_item(self._application_id, item=item.code, version=version, said_by=None, uow=uow)
        elif end is End.CORRECTION:
            await self._correction(item.code)
        elif item.case_kind is CaseKind.CERTIFICATE:
            await self._certificate(item.case_id, end)
        else:
            await self._benefit(item.case_id, end)

    async def _word(self, item: Item) -> None:
        """Take the second person's word down, as at a counter: a guardian's proof, or somebody of the household."""
        uow = self._work(Role.TOWNSHIP_OFFICER, "list_application_confirmations")
        asked = await list_application_confirmations(self._application_id, uow=uow)
        one = next(view.of for view in asked if view.of.case_id == item.case_id)
        noted = TakenDown(channel=Channel.COUNTER, second_id=next(iter(one.seconds), None))
        uow = self._work(Role.TOWNSHIP_OFFICER, "give_confirmation")
        await give_confirmation(one.id, version=one.version, taken_down=noted, uow=uow)

    async def _correction(self, item: str) -> None:
        """Ask, once, for the telephone number, which every item needs, and for all papers that are missing."""
        uow = self._work(Role.TOWNSHIP_OFFICER, "list_application_evidence")
        requests = await list_application_evidence(self._application_id, uow=uow)
        papers = {
            one.of.kind: Want(kind=WantKind.EVIDENCE, code=one.of.kind, text=PAPER_WANTED)
            for one in requests
            if item in one.of.items and one.lack in NOT_THERE and one.of.source.is_the_person
        }
        wants = (Want(kind=WantKind.ANSWER, code=PHONE, text=PHONE_WANTED), *papers.values())
        asked = CorrectionRequest(application_id=self._application_id, item=item, wants=wants)
        await ask_correction(asked, uow=self._work(Role.TOWNSHIP_OFFICER, "ask_correction"))

    async def _certificate(self, case_id: UUID, end: End) -> None:
        version = (
            await steps.get_certificate_case(case_id, uow=self._work(Role.AUDITOR, "get_certificate_case"))
        ).version
        uow = self._work(Role.TOWNSHIP_OFFICER, "accept_certificate_case")
        shown = GuardianProof.SHOWN
        view = await steps.accept_certificate_case(case_id, version=version, guardian_proof=shown, uow=uow)
        case = view.of
        if end is End.ACCEPTED:
            return
        uow = self._work(Role.COUNTY_OFFICER, "assign_evaluation")
        case = (await evaluation.assign_evaluation(case_id, version=case.version, uow=uow)).of
        case = await self._evaluated(case, end)
        if end is End.REFUSED:
            uow = self._work(Role.COUNTY_APPROVER, "refuse_certificate_case")
            reason, text = CertificateRefusal.STANDARD_NOT_MET, STANDARD_NOT_MET
            await steps.refuse_certificate_case(case_id, version=case.version, reason=reason, text=text, uow=uow)
            return
        uow = self._work(Role.COUNTY_OFFICER, "post_notice")
        case = (await steps.post_notice(case_id, version=case.version, uow=uow)).of
        await self._past(case)
        for role, operation, step in (
            (Role.COUNTY_REVIEWER, "review_certificate_case", steps.review_certificate_case),
            (Role.COUNTY_APPROVER, "approve_certificate_case", steps.approve_certificate_case),
            (Role.COUNTY_APPROVER, "issue_certificate", steps.issue_certificate),
        ):
            case = (await step(case_id, version=case.version, uow=self._work(role, operation))).of

    async def _evaluated(self, case: CertificateCase, end: End) -> CertificateCase:
        assert case.choice  # it was drawn
        category = min(case.declared_categories, default=Category.PHYSICAL)
        is_met = end is End.GRANTED
        today = (await sandbox.get_clock(uow=self._as_portal("get_clock"))).today
        conclusion = EvaluationConclusion(
            doctors=case.choice.doctors,
            meets_standard=is_met,
            concluded_on=today,
            category=category if is_met else None,
            grade=Grade.FIRST if is_met else None,
            guardian_proof=GuardianProof.SHOWN,
        )
        conclude = evaluation.conclude_evaluation
        for doctor in case.choice.doctors:  # each signs with the own account
            uow = self._as(doctor, Role.EVALUATOR, "conclude_evaluation")
            case = (await conclude(case.id, version=case.version, conclusion=conclusion, uow=uow)).of
        return case

    async def _benefit(self, case_id: UUID, end: End) -> None:
        case = (await benefit.get_benefit_case(case_id, uow=self._work(Role.AUDITOR, "get_benefit_case"))).of
        decide = next(iter(case.route.steps[-1].roles))
        if end is End.REFUSED:
            uow = self._work(decide, "decide_benefit_case")
            reason, text = RefusalReason.CONDITIONS_NOT_MET, CONDITIONS_NOT_MET
            await benefit.refuse_benefit_case(case_id, version=case.version, reason=reason, text=text, uow=uow)
            return
        due = dict(zip(case.route.stages, case.route.steps, strict=False))
        while case.stage is not Stage.GRANTED:
            step = due.get(case.stage, case.route.steps[0])  # what waits is refused by the step itself
            case = await self._step(case, step.action, min(step.roles))
            if end is End.ACCEPTED and case.stage is not Stage.SUBMITTED:
                return
            if case.stage is Stage.ON_NOTICE:
                await self._past(case)

    async def _step(self, case: BenefitCase, action: Action, role: Role) -> BenefitCase:
        steps: dict[Action, tuple[str, Callable[[UnitOfWork], Awaitable[benefit.BenefitView]]]] = {
            Action.ACCEPT: (
                "accept_benefit_case",
                lambda uow: benefit.accept_benefit_case(case.id, version=case.version, uow=uow),
            ),
            Action.CHECK: (
                "check_benefit_case",
                lambda uow: benefit.check_benefit_case(case.id, version=case.version, opinion=IN_FAVOUR, uow=uow),
            ),
            Action.POST_NOTICE: (
                "post_benefit_notice",
                lambda uow: benefit.post_benefit_notice(case.id, version=case.version, uow=uow),
            ),
            Action.VERIFY: (
                "verify_benefit_case",
                lambda uow: benefit.verify_benefit_case(case.id, version=case.version, opinion=IN_FAVOUR, uow=uow),
            ),
            Action.GRANT: (
                "decide_benefit_case",
                lambda uow: benefit.grant_benefit_case(
                    case.id, version=case.version, deviation=GRANTED_ALL_THE_SAME, uow=uow
                ),
            ),
        }
        operation, take = steps[action]
        return (await take(self._work(role, operation))).of

    async def _past(self, case: CertificateCase | BenefitCase) -> None:
        """Move the client's clock past the last day of a notice."""
        if isinstance(case, CertificateCase):
            last_day = case.notice.last_day if case.stage is CertificateStage.ON_NOTICE and case.notice else None
        else:
            last_day = case.notice_last_day
        if last_day is not None:
            uow = self._as_portal("advance_clock")
            await sandbox.advance_clock_past(last_day, keeper=PostgresClockKeeper(self._database), uow=uow)

    async def _application(self) -> Application:
        return (await get_application(self._application_id, uow=self._as_portal("get_application"))).of

    def _work(self, role: Role, operation: str) -> PostgresUnitOfWork:
        """A transaction as the first of the sandbox's staff who holds the role over the sample village."""
        village = next(post.region for post in posts() if post.role is Role.COMMISSIONER)
        post = next(post for post in posts() if post.role is role and contains(post.region, village))
        return self._as(post.account_id, role, operation)

    def _as_portal(self, operation: str) -> PostgresUnitOfWork:
        return self._as(self._client_id, Role.PORTAL, operation)

    def _as(self, account_id: UUID, role: Role, operation: str) -> PostgresUnitOfWork:
        caller = Caller(
            subject=account_id,
            client_id=self._client_id,
            roles=frozenset({role}),
            scopes=scopes_of(role),
            token_id=f"scenario-{self._application_id}",
            operation=operation,
            request_id=f"scenario-{self._application_id}",
        )
        return PostgresUnitOfWork(self._database, caller)
