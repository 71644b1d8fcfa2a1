"""Use cases of decisions: read by whom they concern, each with what this reader may know."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.decision import Decision, Fact
from app.domain.organisation import Organisation
from app.domain.person import AS_EVERYBODY, Preferences
from app.domain.shared.access import Principal, Role
from app.domain.shared.authz import PersonField, person_fields
from app.domain.shared.errors import Conflict
from app.domain.shared.receipt_validity import good_until
from app.services.ports.receipt import Receipt, ReceiptSigner
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of
from app.services.receipt import SignedReceipt, issue_receipt

SHOWN = ("decision",)
TOLD_NO_FACTS = frozenset({Role.PORTAL})
"""A portal follows its application, and may not know what the registers hold of the person."""


class DecisionOvertaken(Conflict):
    """A receipt is asked for of a decision that counts no longer."""

    code = "decision_overtaken"
    title = "A later decision counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision as one caller sees it."""

    of: Decision
    organisation: Organisation | None
    """For which it was decided."""
    account_id: UUID | None
    """Who it was; told to auditors alone. Others deal with the office, not with a person."""
    facts: tuple[Fact, ...] | None
    """None where the caller may not know them."""

    @property
    def id(self) -> UUID:
        """The decision's id."""
        return self.of.id

    @property
    def version(self) -> int:
        """The decision's version, which stays the first."""
        return self.of.version


async def get_decision(decision_id: UUID, *, uow: UnitOfWork) -> DecisionView:
    """A decision with its grounds; that it was shown is written down."""
    async with uow:
        decision = await uow.decisions.get(decision_id)
        organisations = await _organisations((decision,), uow=uow)
        uow.accessed(decision.person_id, disclosed=SHOWN)
        return await uow.commit(_view(decision, uow.actor, organisations))


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """A decision in the form that is handed to the person."""

    view: DecisionView
    addressee: str | None
    """The person's name; None where the reader is not shown it."""
    preferences: Preferences = AS_EVERYBODY
    """How the person wants to be told; as everybody, where the reader is not shown it."""


async def get_decision_letter(decision_id: UUID, *, uow: UnitOfWork) -> DecisionLetter:
    """A decision with the name of the person whom it is addressed to."""
    async with uow:
        decision = await uow.decisions.get(decision_id)
        organisations = await _organisations((decision,), uow=uow)
        view = _view(decision, uow.actor, organisations)
        shown = person_fields(uow.actor, person_id=decision.person_id, places=(decision.region,))
        if PersonField.NAME not in shown:
            uow.accessed(decision.person_id, disclosed=SHOWN)
            return await uow.commit(DecisionLetter(view, None))
        person = await uow.persons.get(decision.person_id)
        uow.accessed(decision.person_id, disclosed=(*SHOWN, PersonField.NAME, PersonField.PREFERENCES))
        return await uow.commit(DecisionLetter(view, person.name_on(uow.today), person.preferences))


async def issue_decision_receipt(decision_id: UUID, *, signer: ReceiptSigner, uow: UnitOfWork) -> SignedReceipt:
    """What the person may keep of a decision and show to others, who check it with our published keys alone.

    Raises:
        DecisionOvertaken: another decision stands in its place, or has ended what it granted.
    """
    async with uow:
        decision = await uow.decisions.get(decision_id)
        await uow.receipts.await_turn(decision.id)
        if await uow.decisions.is_overtaken(decision):
            raise DecisionOvertaken(
                "A later decision counts. Get the receipt of that one: GET /v1/decisions lists them."
            )
        receipt = Receipt(
            id=uow.new_id(),
            kind=f"decision_{decision.matter}",
            outcome=decision.outcome,
            checked_at=decision.decided_at,
            issued_at=uow.real_now,
            expires_at=good_until(uow.real_now, uow.rulebook.at(decision.region, uow.today)),
        )
        number = await _number(decision, uow=uow)
        words = {"decided_on": decision.decided_on, "matter": decision.matter, "outcome": decision.outcome}
        uow.accessed(decision.person_id, disclosed=SHOWN)
        return await uow.commit(
            await issue_receipt(receipt, about=decision.id, number=number, words=words, signer=signer, uow=uow)
        )


async def list_decisions(
    *, person_id: UUID | None, case_id: UUID | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[DecisionView]:
    """The decisions of the caller's areas, or those that the caller is a party to, in the order of their making."""
    async with uow:
        found = await uow.decisions.page(
            person_id=person_id, case_id=case_id, whose=uow.actor, after=after, limit=limit + 1
        )
        return await uow.commit(await _shown(found, limit=limit, uow=uow))


async def list_application_decisions(
    application_id: UUID, *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[DecisionView]:
    """All that was decided on one application, in the order in which it was."""
    async with uow:
        found = await uow.decisions.of_application(application_id, after=after, limit=limit + 1)
        return await uow.commit(await _shown(found, limit=limit, uow=uow))


async def _number(decision: Decision, *, uow: UnitOfWork) -> str:
    """What the receipt is about somebody by: the number given with the application, else the one on record."""
    if decision.application_id is not None:
        form = await uow.applications.form(decision.application_id)
        return str(form.applicant["citizen_number"])
    number = (await uow.persons.get(decision.person_id)).citizen_number_on(uow.today)
    return number.value if number else str(decision.person_id)


async def _shown(found: list[Decision], *, limit: int, uow: UnitOfWork) -> Slice[DecisionView]:
    page = slice_of(found, limit=limit)
    organisations = await _organisations(page.items, uow=uow)
    uow.accessed(*(decision.person_id for decision in page.items), disclosed=SHOWN)
    return Slice(tuple(_view(decision, uow.actor, organisations) for decision in page.items), page.after)


async def _organisations(decisions: tuple[Decision, ...], *, uow: UnitOfWork) -> Mapping[UUID, Organisation]:
    wanted = {decision.by.organisation_id for decision in decisions if decision.by.organisation_id}
    return await uow.organisations.get_many(wanted) if wanted else {}


def _view(decision: Decision, whose: Principal, organisations: Mapping[UUID, Organisation]) -> DecisionView:
    own = decision.by.organisation_id
    return DecisionView(
        of=decision,
        organisation=organisations.get(own) if own else None,
        account_id=decision.by.account_id if whose.has(Role.AUDITOR) else None,
        facts=None if whose.roles <= TOLD_NO_FACTS else decision.content.facts,
    )
