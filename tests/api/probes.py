"""One ordinary request for every operation of the table, about one person's whole case.

The tests of authorisation and of hostile input are made from these: an operation that the table gets is asked here too.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from app.domain.shared.authz import OPERATIONS
from tests.acting import World
from tests.api.alarms import raised
from tests.api.bulk import CSV, supplied
from tests.api.care import (
    a_confirmed_need,
    a_consent,
    a_plan,
    a_report,
    a_waiting_entry,
    consented,
    in_force,
    referred,
    service_for,
)
from tests.api.complaints import COMPLAINED, a_complaint, asked_about
from tests.api.duplicates import a_duplicate
from tests.api.findings import LOOKED_AT, a_finding_about, an_inspection_of
from tests.api.flow import a_conclusion, an_application, by_hand, case_of, decided, issued, submitted
from tests.api.projects import LEFT, TERMS, proposed
from tests.api.registers import TABLE_OF_A_REGISTER, a_row, imported, waiting
from tests.api.rolls import no_roll_open
from tests.api.surveys import ASSOCIATION, VILLAGE, a_finding, a_survey_round, surveyed_of
from tests.api.uploading import JPEG, PNG, announced, announcement, uploaded

A_ROLL = {"benefit": "nursing_subsidy", "region_code": "652301"}
REPORTED = {"trigger": "registration_moved", "text": "户口已迁出"}
TABLE = b"number,name\n1,x\n"
STALE = '"999999"'
"""A version that nothing has: a change that gets through is refused for it, and nothing is moved."""


@dataclass(frozen=True)
class Scene:
    """Everything that there is about one person, by its ids; and the world in which it came about."""

    world: World
    person_id: str
    application_id: str
    source_number: str
    certificate_case: str
    benefit_case: str
    certificate_id: str
    decision_id: str
    request_id: str
    correction_id: str
    confirmation_id: str
    evidence_id: str
    review_id: str
    upload_id: str
    assessment_id: str
    need_id: str
    plan_id: str
    plan: dict[str, Any]
    referral_id: str
    delivery_finding_id: str
    inspection_id: str
    complaint_id: str
    question_id: str
    consent_id: str
    rating_id: str
    clock_id: str
    service_id: str
    service_listing_id: str
    institution_id: str
    draw_id: str
    draft_id: str
    job_id: str
    roll_id: str
    recheck_id: str
    offer_id: str
    entry_id: str
    visit_id: str
    document_id: str
    organisation_id: str
    harm_report_id: str
    need_report_id: str
    waiting_entry_id: str
    project_id: str
    beneficiary_id: str
    discrepancy_id: str
    import_id: str
    round_id: str
    survey_id: str
    finding_id: str
    duplicate_id: str
    alarm_id: str
    receipt: str

    def forgotten(self) -> "Scene":
        """The same with ids that nothing has."""
        names = [field.name for field in fields(self) if field.name.endswith("_id") or field.name.endswith("_case")]
        lost = {name: str(uuid4()) for name in names if name not in {"service_id", "institution_id"}}
        return Scene(**{field.name: getattr(self, field.name) for field in fields(self)} | lost)


async def a_roll(world: World) -> dict[str, Any]:
    """A payment roll of the county; one that another scene has left open makes room for it."""
    await no_roll_open(world)
    return await world.post("civil_affairs", "/v1/payment-rolls", A_ROLL | {"month": str(_today())})


async def a_scene(world: World) -> Scene:
    """One person's case from the application to a referral."""
    confirmation_id = await _confirmation_id(world)
    entry_id = (await world.post("commissioner", entries_of(world), an_entry()))["id"]
    finding = await a_finding(world)
    surveyed = await surveyed_of(world, await a_survey_round(world, region_code=VILLAGE))
    application = await submitted(world)
    photo = {"kind": "photo", "origin": "upload", "application_id": application["id"]}
    evidence = await world.post("portal", "/v1/evidence", photo | {"upload_id": (await uploaded(world))["id"]})
    asked = (await world.get("portal", f"/v1/applications/{application['id']}/evidence"))["items"]
    case = case_of(application, "certificate")
    certificate_id = (await issued(world, case))["certificate_id"]
    granted = (await decided(world, case_of(application, "nursing_subsidy")))["id"]
    decision_id = (await world.get("auditor", f"/v1/applications/{application['id']}/decisions"))["items"][0]["id"]
    review = await world.post("citizen", f"/v1/decisions/{decision_id}/reviews", {"statement": "等级与实际不符。"})
    offer_id = await an_offer(world)
    need = await a_confirmed_need(world, application_id=application["id"])
    service = await service_for(world, need)
    plan = await a_plan(world, need, service, application_id=application["id"])
    approved = await in_force(world, plan)
    referral = await referred(world, need, service)
    complaint = await asked_about(world, await a_complaint(world, referral))
    hospital = (await world.get("county_officer", "/v1/organisations", kind="evaluation_institution"))["items"][0]
    running = (await world.get("portal", f"/v1/applications/{application['id']}/clocks", item="living_subsidy"))[
        "items"
    ]
    receipt = (await world.get("portal", f"/v1/applications/{application['id']}/receipt"))["jws"]
    beneficiary = await proposed(world)
    return Scene(
        world=world,
        receipt=receipt,
        clock_id=next(clock["id"] for clock in running[0]["statutory"] if clock["state"] != "stopped"),
        person_id=world.citizen["person_id"],
        application_id=application["id"],
        source_number=application["source_number"],
        certificate_case=case.rpartition("/")[2],
        benefit_case=case_of(application, "living_subsidy").rpartition("/")[2],
        certificate_id=certificate_id,
        request_id=next(one["id"] for one in asked if one["kind"] == "photo"),
        evidence_id=evidence["id"],
        correction_id=await _correction_id(world),
        confirmation_id=confirmation_id,
        decision_id=decision_id,
        review_id=review["id"],
        upload_id=(await announced(world))["id"],
        assessment_id=need["evidence"][0]["assessment_id"],
        need_id=need["id"],
        plan_id=approved["id"],
        plan=plan,
        referral_id=referral["id"],
        delivery_finding_id=await a_finding_about(world, referral),
        inspection_id=await an_inspection_of(world, referral),
        complaint_id=complaint["id"],
        question_id=complaint["question"]["id"],
        consent_id=(await consented(world, service["organisation_id"]))["id"],
        rating_id=await _rating_id(world),
        service_id=service["id"],
        service_listing_id=service["id"],
        institution_id=hospital["id"],
        draw_id=(await world.get("county_officer", case))["assignment"]["draw_id"],
        draft_id=(await world.post("portal", "/v1/application-drafts", a_draft(world)))["id"],
        job_id=(await supplied(world, TABLE))["id"],
        roll_id=(await a_roll(world))["id"],
        recheck_id=(await world.post("civil_affairs", "/v1/rechecks", REPORTED | {"case_id": granted}))["id"],
        offer_id=offer_id,
        entry_id=entry_id,
        harm_report_id=(await world.post("civil_affairs", harm_of(world), SUSPECTED))["id"],
        need_report_id=(await world.post("commissioner", needs_of(world), A_NEED))["id"],
        waiting_entry_id=(await a_waiting_entry(world))["id"],
        project_id=beneficiary["project_id"],
        beneficiary_id=beneficiary["id"],
        visit_id=(await world.post("commissioner", visits_of(world), a_visit(world)))["id"],
        document_id=(await a_filed_document(world))["id"],
        organisation_id=ASSOCIATION,
        discrepancy_id=(await a_discrepancy(world))["id"],
        import_id=(await waiting(world))["id"],
        round_id=surveyed["round_id"],
        survey_id=surveyed["id"],
        finding_id=finding["id"],
        duplicate_id=await a_duplicate(world),
        alarm_id=await raised(world),
    )


def entries_of(world: World) -> str:
    """Where this world's citizen is put on the ledger of the uncertified."""
    return f"/v1/persons/{world.citizen['person_id']}/uncertified-entries"


def an_entry(**changes: Any) -> dict[str, Any]:
    """What a commissioner writes down of somebody who agrees to be on the ledger."""
    entry: dict[str, Any] = {"reason": "cannot_travel", "needs": ["long_term_care"], "said_by": "person"}
    entry |= {"words": "出门不方便，洗澡要人帮忙", "told": "可以申请上门评定。", "channel": "home_visit"}
    return entry | changes


SUSPECTED = {"kind": "neglect", "text": "多日无人照料，未见进食。", "told_police": False}
A_NEED = {"need": "long_term_care", "text": "村里没有护理员，已联系邻村。"}


def harm_of(world: World) -> str:
    """Where harm to this world's citizen is reported."""
    return f"/v1/persons/{world.citizen['person_id']}/harm-reports"


def needs_of(world: World) -> str:
    """Where needs of this world's citizen are reported."""
    return f"/v1/persons/{world.citizen['person_id']}/need-reports"


def visits_of(world: World) -> str:
    """Where visits to this world's citizen are written down."""
    return f"/v1/persons/{world.citizen['person_id']}/home-visits"


def a_visit(world: World, **changes: Any) -> dict[str, Any]:
    """What a commissioner writes down of a visit, with one promise."""
    promise = {"text": "协助申请无障碍改造", "owner_id": world.account("commissioner"), "due_on": "2199-12-31"}
    visit: dict[str, Any] = {"visited_on": "2026-11-01", "outcome": "seen", "seen": "屋内整洁", "words": "想装扶手"}
    return visit | {"needs": ["long_term_care"], "promises": [promise]} | changes


def a_batch(world: World, **changes: Any) -> dict[str, Any]:
    """What a phone sends of one visit."""
    settled = {"number": 1, "outcome": "kept", "settled_on": "2026-11-02"}
    entry = {"key": str(uuid4()), "person_id": world.citizen["person_id"], "report": a_visit(world)}
    return {"entries": [entry | {"settlements": [settled]} | changes]}


def a_document(subject_id: str, **changes: Any) -> dict[str, Any]:
    """What is filed of somebody's certificate that was issued elsewhere."""
    filed: dict[str, Any] = {"archive_of": "person", "subject_id": subject_id, "item": "certificate_file"}
    filed |= {"upload_id": str(uuid4()), "made_on": "2019-05-06"}
    return filed | {"origin": "taken_over", "received_from": "县残联档案室 2019 年第 12 盒"} | changes


async def a_filed_document(world: World, who: str = "commissioner", **changes: Any) -> dict[str, Any]:
    """A document in an archive, of this world's citizen unless said."""
    upload = await uploaded(world, who=who)
    whose = changes.pop("subject_id", world.citizen["person_id"])
    told = a_document(whose, upload_id=upload["id"], **changes)
    return await world.post(who, "/v1/archive-documents", told)


def a_conversion() -> dict[str, Any]:
    """What is missing for an application that an entry leads to."""
    answers = {"applied_by": "self", "phone": "0994-0000000"}
    asked: dict[str, Any] = {"package_code": "disability_services", "items": ["employment_help"], "answers": answers}
    return asked | {"channel": "home_visit", "withheld_evidence": []}


async def an_offer(world: World, item: str = "pension_premium") -> str:
    """What the rules have found due once there was a certificate, sent by an officer."""
    found = await world.get("county_officer", "/v1/offers", stage="made", person_id=world.citizen["person_id"])
    offer_id = str(next(offer["id"] for offer in found["items"] if offer["item"] == item))
    await world.step("county_officer", f"/v1/offers/{offer_id}", "sending")
    return offer_id


async def a_discrepancy(world: World, **changes: str) -> dict[str, Any]:
    """A row about this world's citizen that says another grade than the register does."""
    await imported(world, [a_row(world, **changes)])
    query: dict[str, Any] = {"stage": "open", "limit": 100}
    found: list[dict[str, Any]] = []
    while query:
        page = await world.get("county_officer", "/v1/register-discrepancies", **query)
        found += [one for one in page["items"] if one["person_id"] == world.citizen["person_id"]]
        query = {**query, "cursor": page["next_cursor"]} if page["next_cursor"] else {}
    return found[-1]


async def _correction_id(world: World) -> str:
    """A correction of an application that has just come in."""
    asked = await submitted(world, items=("pension_premium",), answers={"applied_by": "self", "phone": "0994-0000000"})
    return str((await world.post("township_officer", "/v1/corrections", a_correction(asked)))["id"])


async def _confirmation_id(world: World) -> str:
    """A guardian's word that was asked for until the application was taken back."""
    sent = await unconfirmed(world)
    path = f"/v1/applications/{sent['id']}"
    asked = await world.get("citizen", f"{path}/confirmations")
    await world.step("citizen", path, "withdrawal")
    return str(asked["items"][0]["id"])


async def unconfirmed(world: World, **changes: Any) -> dict[str, Any]:
    """An application for a certificate that needs a guardian's word: an intellectual disability is named."""
    answers = {"business": "new", "applied_by": "self", "phone": "0994-0000000", "conditions": ["intellectual"]}
    answers |= {"residence_address": "红柳示例村 1 号"}
    return await submitted(world, **{"items": ("certificate",), "answers": answers} | changes)


def a_correction(application: dict[str, Any], item: str = "pension_premium", **changes: Any) -> dict[str, Any]:
    wants = [{"kind": "answer", "code": "phone", "text": "电话号码少一位，请重新填写。"}]
    return {"application_id": application["id"], "item": item, "wants": wants, **changes}


def a_draft(world: World) -> dict[str, Any]:
    """An application that is begun."""
    return an_application(world, platform_names=[], withheld_evidence=["photo"]) | {"region_code": "652301104201"}


def saved_as(draft: dict[str, Any]) -> dict[str, Any]:
    """The same as it is saved: package and place stay."""
    return {name: value for name, value in draft.items() if name not in {"package_code", "region_code"}}


async def _rating_id(world: World) -> str:
    """A bad rating of an application that has come to its end."""
    ended = await submitted(world, items=("employment_help",), answers={"applied_by": "self", "phone": "0994-0000000"})
    await world.step("citizen", f"/v1/applications/{ended['id']}", "withdrawal")
    said = {"item": "employment_help", "satisfaction": "dissatisfied", "words": "等得太久"}
    rating: str = (await world.post("citizen", f"/v1/applications/{ended['id']}/ratings", said))["id"]
    return rating


@dataclass(frozen=True)
class Probe:
    """How one operation is asked."""

    operation: str
    method: str
    path: str
    target: str = ""
    """The field of the scene that the request names, in its path or its body; empty where it names nobody's."""
    body: Callable[[Scene], dict[str, Any]] | None = None
    query: Callable[[Scene], dict[str, str]] | None = None
    is_versioned: bool = False
    is_keyed: bool = False

    def asking(self, query: dict[str, str]) -> Self:
        """The same with other parameters."""
        return replace(self, query=lambda _: query)

    def sent(self, scene: Scene) -> tuple[str, str, dict[str, Any]]:
        """Method, path and the rest of the request, as `httpx` takes them."""
        named = {field.name: str(getattr(scene, field.name)) for field in fields(scene) if field.name.endswith("_id")}
        named["rating_id"] = scene.rating_id
        named["guardian_id"] = scene.world.opened["guardian"]["person_id"]
        named["case_id"] = scene.benefit_case if "benefit" in self.path else scene.certificate_case
        named["code"] = "self_care_six" if "instrument" in self.path else "disability_services"
        named["item"] = "living_subsidy"
        headers = {"If-Match": STALE} if self.is_versioned else {}
        if self.is_keyed:
            headers["Idempotency-Key"] = uuid4().hex
        request: dict[str, Any] = {"headers": headers}
        if self.query:
            request["params"] = self.query(scene)
        if self.body:
            request["json"] = self.body(scene)
        if self.operation == "receive_upload":
            headers["Content-Type"] = "image/png"
            request["content"] = PNG
        if self.operation == "supply_job_input":
            request["content"], headers["Content-Type"] = TABLE, CSV
        return self.method, self.path.format_map(named), request


def of_document(document: dict[str, Any]) -> dict[str, Probe]:
    """A probe for every operation of the document that the table has."""
    probes = {}
    for path, operations in document["paths"].items():
        for method, described in operations.items():
            name = described["operationId"]
            parameters = {one.get("$ref", "").rpartition("/")[2] for one in described.get("parameters", ())}
            if name in OPERATIONS:
                probes[name] = Probe(
                    operation=name,
                    method=method.upper(),
                    path=path,
                    target=_target_of(name, path),
                    body=BODIES.get(name),
                    query=QUERIES.get(name),
                    is_versioned="IfMatch" in parameters,
                    is_keyed="IdempotencyKey" in parameters,
                )
    return probes


def _target_of(name: str, path: str) -> str:
    if name in IN_BODY:
        return IN_BODY[name]
    named = path.partition("{")[2].partition("}")[0]
    if named == "case_id":
        return "benefit_case" if "benefit" in path else "certificate_case"
    return "" if named in {"code", "service_id"} else named


IN_BODY = {
    "open_recheck": "benefit_case",
    "record_assessment": "person_id",
    "file_archive_document": "person_id",
    "ask_correction": "application_id",
    "request_evidence": "application_id",
    "record_evidence": "application_id",
    "prefill_form": "person_id",
    "preview_evidence": "person_id",
    "draft_plan": "person_id",
    "explain_entitlements": "person_id",
    "match_services": "need_id",
    "enrol_beneficiary": "person_id",
    "explain_project_fit": "person_id",
    "make_referral": "need_id",
    "list_access_records": "person_id",
}
"""Operations that name a person's things elsewhere than in the path."""

QUERIES: dict[str, Callable[[Scene], dict[str, str]]] = {
    "report_ratings": lambda _: {"from": "2026-10-01", "to": "2026-12-31"},
    "report_instant_grants": lambda _: {"from": "2026-10-01", "to": "2026-12-31"},
    "report_uncertified": lambda _: {"from": "2026-10-01", "to": "2026-12-31"},
    "get_plan_changes": lambda _: {"since": "1"},
    "list_archive_gaps": lambda _: {"region": "652301104201"},
    "report_archive_gaps": lambda _: {"region": "652301104201"},
    "list_association_archives": lambda _: {"region": "652301104201"},
    "list_past_roster": lambda _: {"region": "652301104201", "on": str(_today())},
    "propose_assignment": lambda _: {"region": "652301104201", "need": "home_care"},
    "list_plan_obligations": lambda _: {"region": "652301104201"},
    "explain_project_fit": lambda scene: {"person_id": scene.person_id},
    "list_unserved_people": lambda _: {"region": "652301104201", "service": "LAW-HOTLINE"},
    "report_gaps": lambda _: {"region": "652301104201"},
    "propose_groups": lambda _: {"region": "652301104201", "kind": "area"},
    "list_groups": lambda _: {"region": "652301104201"},
    "report_survey_coverage": lambda _: {"from": "2026-10-01", "to": "2026-12-31"},
    "list_survey_entries": lambda scene: {"person_id": scene.person_id},
    "report_visits": lambda _: {"from": "2026-10-01", "to": "2026-12-31"},
    "list_access_records": lambda scene: {"person_id": scene.person_id},
    "get_package": lambda _: {"region": "652301"},
    "get_package_form": lambda _: {"region": "652301"},
    "get_working_calendar": lambda scene: {"region": "652301", "from": "2026-10-01", "to": "2026-10-31"},
}

A_ROUND = {
    "region_code": VILLAGE,
    "population": "uncertified",
    "opens_on": "2026-12-01",
    "closes_on": "2199-01-01",
}
BODIES: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "create_job": lambda scene: {
        "kind": "certificate_verification",
        "parameters": {"detail": "status", "grade_at_most": 2},
        "dry_run": True,
        "input": {"format": "csv", "text": "number,name\n1,x\n"},
    },
    "import_register": lambda scene: {"dry_run": True, "input": {"format": "csv", "text": TABLE_OF_A_REGISTER}},
    "close_integrity_alarm": lambda scene: {
        "outcome": "explained",
        "looked_into": ["papers"],
        "text": "该院专收重症，案卷无异常。",
    },
    "override_person_duplicate": lambda _: {"text": "本人在窗口等候，先行受理。"},
    "refuse_register_import": lambda _: {"text": "来源不明，请核对后重新申请。"},
    "dismiss_person_duplicate": lambda _: {"text": "身份证已核对，是两个人。"},
    "merge_person_duplicate": lambda scene: {
        "kept_person_id": scene.world.citizen["person_id"],
        "text": "身份证已核对，是同一个人。",
    },
    "separate_person_duplicate": lambda _: {"text": "身份证已核对，是两个人。"},
    "reassign_survey_finding": lambda _: {"owner_id": ASSOCIATION, "text": "由村协会上门核实。"},
    "settle_survey_finding": lambda _: {"settlement": "confirmed", "text": "已上门核实，情况属实。"},
    "settle_register_discrepancy": lambda scene: {"settlement": "kept", "text": "已核对原证，现有信息正确。"},
    "open_certificate_cancellation": lambda scene: {"ground": "death"},
    "record_registration_move": lambda scene: {"region_code": "652302", "moved_on": "2026-11-01"},
    "record_residence_move": lambda scene: {
        "region_code": "652302",
        "moved_on": "2026-11-01",
        "source": "counter",
    },
    "take_back_death_report": lambda scene: {"record_ids": [scene.recheck_id], "text": "本人已到窗口核对身份。"},
    "record_objection": lambda scene: {"text": "有群众反映情况不实。"},
    "dismiss_objection": lambda scene: {"finding": "经核查，异议不成立。"},
    "declare_relation": lambda scene: {"relation": "kin"},
    "freeze_certificate": lambda scene: {"reason": "reported_lost", "text": "持证人来电挂失。"},
    "unfreeze_certificate": lambda scene: {"text": "证件已找到。"},
    "cancel_certificate": lambda scene: {"text": "持证人已去世，有死亡证明。"},
    "draft_payment_roll": lambda scene: A_ROLL | {"month": "2026-11-01"},
    "reject_payment_roll": lambda scene: {"text": "人数不符"},
    "export_payment_roll": lambda scene: {"identifiers": "masked"},
    "open_recheck": lambda scene: {"case_id": scene.benefit_case, "trigger": "death", "text": "村委会来电"},
    "decide_recheck": lambda scene: {
        "verdict": "stopped",
        "text": "户籍已于 11 月迁出",
        "ceased_on": "2026-11-20",
        "first_month": "2026-11-01",
        "last_month": "2026-11-30",
        "recovers_overpaid": False,
    },
    "scan_rechecks": lambda scene: {"region_code": "652301"},
    "fire_event": lambda _: {"name": "certificate_case.approved"},
    "search_persons": lambda scene: {"citizen_number": scene.world.citizen["citizen_number"]},
    "record_guardianship": lambda scene: {
        "guardian_id": scene.world.opened["guardian"]["person_id"],
        "acting": "guardian",
        "proof": "counter",
        "valid_from": str(_today()),
    },
    "report_harm": lambda _: SUSPECTED,
    "close_harm_report": lambda _: {"text": "已上门处置。"},
    "report_need": lambda _: A_NEED,
    "answer_need_report": lambda _: {"outcome": "arranged", "text": "下月安排护理员。"},
    "plan_visits": lambda _: {"region_code": "652301104201"},
    "export_roster": lambda _: {"region_code": "652301104201", "on": str(_today())},
    "file_archive_document": lambda scene: a_document(scene.person_id, item="certificate"),
    "record_home_visit": lambda scene: a_visit(scene.world),
    "settle_promise": lambda _: {"number": 1, "outcome": "kept"},
    "resolve_home_visit": lambda _: {"digest": "ab" * 32},
    "sync_visits": lambda scene: a_batch(scene.world),
    "assign_commissioners": lambda _: {"region_code": "652301104201", "mode": "fill", "dry_run": True},
    "record_absence": lambda scene: {"commissioner_id": str(uuid4()), "last_day": str(_today())},
    "adopt_groups": lambda _: {"region_code": "652301104201", "kind": "area", "digest": "ab" * 32},
    "record_economic_status": lambda _: {"status": "low_income", "since": "2026-01-01"},
    "record_bank_account": lambda _: {"number": "9900 0000 1234"},
    "set_preferences": lambda _: {"preferred_format": "large_print", "preferred_language": "zh-CN"},
    "record_household": lambda scene: {
        "with_person_id": scene.world.opened["guardian"]["person_id"],
        "relation": "child",
        "since": "2020-01-01",
    },
    "end_guardianship": lambda scene: {"last_day": str(_today())},
    "register_person": lambda scene: {
        "name": "样来客",
        "birth_date": "1905-05-05",
        "sex": 1,
        "region_code": "652301104201",
    },
    "print_receipt": lambda scene: {"jws": scene.receipt, "paper": "a4"},
    "verify_certificate": lambda scene: {
        "certificates": [
            {"number": f"{scene.world.citizen['citizen_number']}41", "name": scene.world.citizen["name"]},
        ]
    },
    "accept_certificate_case": lambda scene: {"guardian_proof": "not_shown"},
    "assign_evaluation": lambda scene: by_hand(scene.institution_id),
    "decline_evaluation": lambda scene: {"reason": "no_capacity"},
    "conclude_evaluation": lambda scene: a_conclusion(scene.world, concluded_on=str(_today())),
    "refuse_certificate_case": lambda scene: {"reason": "standard_not_met", "text": "未达到评定标准。"},
    "check_eligibility": lambda scene: {
        "package_code": "disability_services",
        "region_code": "652301104201",
        "age": 40,
        "category": 4,
        "grade": 1,
        "has_certificate": True,
        "economic_status": "subsistence_allowance",
        "needs": {"long_term_care": True},
        "receiving": {},
    },
    "search_applications": lambda scene: {"source_number": scene.source_number},
    "reconcile_applications": lambda scene: {"submitted_on": str(_today()), "applications": [{"source_number": "1"}]},
    "rate_item": lambda scene: {"item": "certificate", "satisfaction": "satisfied", "words": "很快"},
    "correct_rating": lambda scene: {"satisfaction": "satisfied", "words": "很快"},
    "follow_up_rating": lambda scene: {"outcome": "confirmed", "answer": "已增设窗口。"},
    "record_visit": lambda scene: {"purpose": "originals", "place": "counter", "visited_on": str(_today())},
    "prefill_form": lambda scene: {"items": ["living_subsidy"], "person_id": scene.person_id},
    "start_draft": lambda scene: a_draft(scene.world),
    "save_draft": lambda scene: saved_as(a_draft(scene.world)),
    "submit_application": lambda scene: an_application(scene.world),
    "check_benefit_case": lambda scene: {"finding": "met", "text": "情况属实。"},
    "verify_benefit_case": lambda scene: {"finding": "met", "text": "情况属实。"},
    "decide_benefit_case": lambda scene: {"outcome": "granted"},
    "preview_evidence": lambda scene: {
        "package_code": "disability_services",
        "items": ["living_subsidy"],
        "person_id": scene.person_id,
    },
    "ask_correction": lambda scene: {
        "application_id": scene.application_id,
        "item": "living_subsidy",
        "wants": [{"kind": "answer", "code": "phone", "text": "电话号码少一位，请重新填写。"}],
    },
    "give_confirmation": lambda scene: {"channel": "counter"},
    "decline_confirmation": lambda scene: {"channel": "counter"},
    "answer_correction": lambda scene: {"answers": {"phone": "0994-2340000"}},
    "request_evidence": lambda scene: {
        "application_id": scene.application_id,
        "kind": "residence_permit",
        "items": ["certificate"],
        "text": "户口不在本地，请出示居住证。",
    },
    "announce_upload": lambda _: announcement(JPEG, "image/jpeg", purpose="evidence"),
    "record_evidence": lambda scene: {
        "kind": "photo",
        "origin": "declaration",
        "application_id": scene.application_id,
        "issued_on": str(_today()),
        "valid_until": str(_today()),
    },
    "open_survey_round": lambda _: A_ROUND,
    "import_survey": lambda _: {
        "dry_run": True,
        "input": {"format": "csv", "text": "citizen_number,outcome\n1,moved\n"},
    },
    "import_catalogue": lambda _: {
        "dry_run": True,
        "input": {"format": "csv", "text": "key,provider_code,code,region_code,name\n1,2,CARE-HOME,652301,居家照料\n"},
    },
    "assign_survey": lambda scene: {"owner_id": scene.institution_id},
    "record_survey_entry": lambda _: {"outcome": "unreachable"},
    "correct_assessment": lambda _: {"reason": "misrecorded", "answers": {"eating": "not_met"}},
    "record_assessment": lambda scene: a_report(scene.world) | {"person_id": scene.person_id},
    "confirm_need": lambda scene: {"words": "我自己洗不了澡"},
    "dismiss_need": lambda scene: {"reason": "not_needed", "words": "不用了"},
    "draft_plan": lambda scene: scene.plan | {"person_id": scene.person_id, "application_id": scene.application_id},
    "review_plan": lambda scene: {
        "observations": [{"goal": 1, "seen": "reached", "words": "能够自己洗浴"}],
        "next_review_on": str(_today() + timedelta(days=30)),
    },
    "close_plan": lambda scene: {"outcome": "reached"},
    "agree_plan": lambda scene: {"answer": "agree", "opinion": "同意"},
    "explain_entitlements": lambda scene: {"person_id": scene.person_id},
    "match_services": lambda scene: {"need_id": scene.need_id},
    "give_consent": lambda scene: a_consent(scene.institution_id, said_by="person"),
    "schedule_visits": lambda _: {"appointments": [{"on": str(_today()), "at": "14:30"}]},
    "join_waiting_list": lambda scene: {"service_id": scene.service_id, "urgency": "soon"},
    "reassess_waiting_entry": lambda _: {"urgency": "urgent"},
    "withdraw_waiting_entry": lambda _: {"said_by": "person"},
    "remove_waiting_entry": lambda _: {"reason": "moved_away", "text": "已迁往外地"},
    "announce_project": lambda _: TERMS,
    "suspend_project": lambda _: {"text": "资金未到位。"},
    "close_project": lambda _: {"text": "项目到期。"},
    "enrol_beneficiary": lambda scene: {"person_id": scene.person_id},
    "allow_exception": lambda _: {"text": "两个项目内容不同。"},
    "ask_project_change": lambda _: {"budget_fen": 2_000_000, "quota": 20, "text": "追加资金。"},
    "decline_project_change": lambda _: {"text": "文件未到。"},
    "end_beneficiary": lambda _: LEFT,
    "restate_spending": lambda _: {"text": "票据合计四百元。", "has_benefited": True, "spent_fen": 40_000},
    "decline_service": lambda _: {"reason": "我机构不提供该服务。"},
    "state_capacity": lambda _: {"maximum": 50, "available": 9},
    "make_referral": lambda scene: {"need_id": scene.need_id, "service_id": scene.service_id},
    "accept_referral": lambda scene: {"begins_on": str(_today())},
    "decline_referral": lambda scene: {"reason": "no_capacity", "words": "人手不足"},
    "deliver_referral": lambda scene: {
        "deliveries": [{"on": str(_today()), "quantity": {"amount": 2, "unit": "hour"}, "note": "as_planned"}]
    },
    "confirm_delivery": lambda scene: {"satisfaction": 5, "words": "很好"},
    "file_complaint": lambda _: COMPLAINED | {"said_by": "person"},
    "ask_complaint_question": lambda _: {"text": "请说明上周的服务时长。"},
    "close_complaint": lambda _: {"outcome": "settled", "text": "已协商补足时长。"},
    "answer_complaint_question": lambda _: {"text": "已补足时长。"},
    "record_inspection": lambda _: LOOKED_AT,
    "settle_delivery_finding": lambda _: {"outcome": "explained", "text": "护理员二人同时上门，已核实。"},
    "override_delivery": lambda _: {"reason": "seen_on_site", "words": "已现场核实。"},
    "pause_referral": lambda _: {"reason": "in_hospital", "words": "住院"},
    "revoke_referral": lambda _: {"reason": "person_wishes", "words": "由家人照料"},
    "transfer_referral": lambda scene: {
        "service_id": scene.service_id,
        "reason": "provider_unable",
        "words": "人手不足",
    },
    "withdraw_application": lambda scene: {"said_by": "person"},
    "withdraw_item": lambda scene: {"said_by": "person"},
    "accept_offer": lambda scene: {"channel": "phone", "said_by": "person"},
    "decline_offer": lambda scene: {"channel": "phone", "said_by": "person", "reason": "not_now", "words": "以后再说"},
    "open_uncertified_entry": lambda _: an_entry(),
    "record_uncertified_contact": lambda _: {"told": "已告知评定可以上门。", "words": "想一想", "reason": "cost"},
    "hand_over_uncertified_entry": lambda scene: {"owner_id": scene.institution_id},
    "convert_uncertified_entry": lambda _: a_conversion(),
    "close_uncertified_entry": lambda _: {"ground": "declined"},
    "take_off_uncertified_entry": lambda _: {"said_by": "person"},
    "withdraw_offer": lambda scene: {"text": "登记信息已更正。"},
    "add_item": lambda scene: {
        "item": "pension_premium",
        "answers": {"phone": "0994-0000000"},
        "withheld_evidence": [],
        "said_by": "person",
    },
    "withdraw_review": lambda scene: {"said_by": "guardian"},
    "withdraw_consent": lambda scene: {"said_by": "person"},
    "file_review": lambda scene: {"statement": "等级与实际不符。", "excuse": "住院", "said_by": "person"},
    "accept_review": lambda scene: {"text": "理由正当。"},
    "not_accept_review": lambda scene: {"reason": "another_body", "text": "由人民法院审理。"},
    "decide_review": lambda scene: {"outcome": "upheld", "text": "原决定正确。"},
    "extend_case_clock": lambda scene: {"reason": "需要进一步核实。"},
    "advance_clock": lambda scene: {"to": "2000-01-01T00:00:00+08:00"},
}


def _today() -> date:
    return datetime.now(UTC).date()
