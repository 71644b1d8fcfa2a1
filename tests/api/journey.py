"""The whole main job as a row of moments: at each, what somebody could do next that would be done.

Whoever goes along may try things at every moment, over a rehearsing application that takes everything back.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

from app.adapters.postgres.database import Database
from app.sandbox.authority import sandbox_id
from tests.acting import World
from tests.api.bulk import worked_off
from tests.api.care import (
    a_consent,
    a_plan,
    a_report,
    a_waiting_entry,
    accepted,
    agreed,
    assessed,
    confirmed,
    consented,
    delivered,
    referred,
    service_for,
    service_of_another,
    today,
)
from tests.api.complaints import COMPLAINED, a_complaint
from tests.api.findings import LOOKED_AT, a_finding_about, an_inspection_of
from tests.api.flow import a_conclusion, an_application, by_hand, case_of, drawn_for, one_of, signed_by_all, submitted
from tests.api.journey_after import after_the_grant, offer, rating
from tests.api.moments import Moment, at_present
from tests.api.probes import (
    A_NEED,
    SUSPECTED,
    a_batch,
    a_conversion,
    a_correction,
    a_document,
    a_draft,
    a_visit,
    an_entry,
    entries_of,
    harm_of,
    needs_of,
    saved_as,
    unconfirmed,
    visits_of,
)
from tests.api.projects import LEFT, TERMS, enrolment, opened, proposed
from tests.api.surveys import ASSOCIATION, VILLAGE, a_design, a_finding, a_survey_round, no_round_open, surveyed_of
from tests.api.uploading import uploaded


async def journey(world: World, worker: Database) -> AsyncIterator[Moment]:
    """From nothing to the confirmed delivery and the stop of what was granted, for one citizen."""
    for part in (_listing(world, worker), _at_the_door(world)):
        async for moment in part:
            yield moment
    application = await submitted(world)
    for moment in _evidence(world, application["id"]):
        yield moment
    receipt = await world.get("portal", f"/v1/applications/{application['id']}/receipt")
    yield Moment("print_receipt", "portal", "/v1/receipt-pages", {"jws": receipt["jws"], "paper": "card"})
    case = case_of(application, "certificate")
    seen = {"purpose": "originals", "place": "counter", "visited_on": str(await today(world)), "item": "certificate"}
    yield Moment("record_visit", "township_officer", f"/v1/applications/{application['id']}/visits", seen)
    whole, word = f"/v1/applications/{application['id']}", {"said_by": "person"}
    more = word | {"item": "pension_premium", "answers": {"phone": "0994-0000000"}, "withheld_evidence": []}
    more |= {"matter_code": "000123001009", "source_number": "B-9"}
    yield await at_present(world, "add_item", "township_officer", whole, "items", more)
    yield await at_present(world, "withdraw_application", "township_officer", whole, "withdrawal", word)
    yield await at_present(world, "withdraw_item", "township_officer", whole, "items/living_subsidy/withdrawal", word)
    subsidy = case_of(application, "living_subsidy")
    for part in (
        _certificate(world, case, application["id"]),
        _subsidy(world, subsidy),
        _review(world, application),
        _care(world, application["id"]),
        rating(world, application["id"], subsidy),
        after_the_grant(world, worker, subsidy),
    ):
        async for moment in part:
            yield moment


async def _correction(world: World) -> AsyncIterator[Moment]:
    said = {"applied_by": "self", "phone": "0994-0000000"}
    application = await submitted(world, items=("employment_help",), answers=said)
    wrong = a_correction(application, "employment_help")
    yield Moment("ask_correction", "township_officer", "/v1/corrections", wrong)
    asked = await world.post("township_officer", "/v1/corrections", wrong)
    answered = {"answers": {"phone": "0994-2340000"}}
    yield Moment("answer_correction", "citizen", f"/v1/corrections/{asked['id']}/answer", answered, '"1"')
    await world.step("citizen", f"/v1/applications/{application['id']}", "withdrawal")


async def _confirmation(world: World) -> AsyncIterator[Moment]:
    path = f"/v1/persons/{world.citizen['person_id']}/guardianships"
    guardian, day = world.opened["guardian"]["person_id"], await today(world) - timedelta(days=1)
    link = {"guardian_id": guardian, "acting": "guardian", "proof": "counter", "valid_from": str(day)}
    version = (await world.call("township_officer", "GET", path)).headers["ETag"]
    await world.post("township_officer", path, link, version=version)
    application = await unconfirmed(world)
    whole, word = f"/v1/applications/{application['id']}", {"channel": "counter", "second_id": guardian}
    asked = f"/v1/confirmations/{(await world.get('citizen', f'{whole}/confirmations'))['items'][0]['id']}"
    yield Moment("give_confirmation", "township_officer", f"{asked}/word", word, '"1"')
    yield Moment("decline_confirmation", "township_officer", f"{asked}/decline", word, '"1"')
    await world.step("citizen", whole, "withdrawal")
    version = (await world.call("township_officer", "GET", path)).headers["ETag"]
    await world.post("township_officer", f"{path}/{guardian}/end", {"last_day": str(day)}, version=version)


async def _at_the_door(world: World) -> AsyncIterator[Moment]:
    citizen = world.citizen
    looked_at = {"package_code": "disability_services", "region_code": "652301104201", "age": 40, "category": 4}
    looked_at |= {"grade": 1, "has_certificate": True, "economic_status": "subsistence_allowance"}
    looked_at |= {"needs": {"long_term_care": True}, "receiving": {"living_subsidy": False}}
    newcomer = {"name": "样来客", "birth_date": "1905-05-05", "sex": 1, "region_code": "652301104201"}
    newcomer |= {"registration_region_code": "652301104201", "phone": "0994-0000000", "address": "红柳示例村 1 号"}
    newcomer |= {"preferred_format": "large_print", "preferred_language": "zh-CN"}
    shown = {"number": f"{citizen['citizen_number']}41", "name": citizen["name"]}
    verified = {"certificates": [shown | {"citizen_number": citizen["citizen_number"]}], "detail": "status"}
    application = an_application(world)
    names = [{"item": "certificate", "matter_code": "000123001000", "source_number": "B-1"}]
    application |= {"platform_names": names}
    application["applicant"] |= {"registration_region_code": "652301104201", "birth_date": citizen["birth_date"]}
    yield Moment("check_eligibility", "portal", "/v1/eligibility-checks", looked_at)
    yield Moment("register_person", "county_officer", "/v1/persons", newcomer)
    yield Moment("search_persons", "county_officer", "/v1/person-searches", {"name": citizen["name"]})
    by_number = {"citizen_number": citizen["citizen_number"]}
    yield Moment("search_persons", "county_officer", "/v1/person-searches", by_number)
    yield Moment("verify_certificate", "verifying_portal", "/v1/certificate-verifications", verified)
    yield _the_form(citizen)
    async for moment in _draft(world):
        yield moment
    async for moment in _ledger(world):
        yield moment
    yield Moment("submit_application", "portal", "/v1/applications", application)
    async for moment in _correction(world):
        yield moment
    async for moment in _confirmation(world):
        yield moment
    async for moment in _guardian(world):
        yield moment
    async for moment in _beside(world, application["source_number"]):
        yield moment
    yield Moment("fire_event", "portal", "/v1/sandbox/events", {"name": "certificate_case.approved"})
    later = {"to": f"{await today(world) + timedelta(days=1)}T23:59:00+08:00"}
    yield Moment("advance_clock", "portal", "/v1/sandbox/clock/advance", later)


async def _roster(world: World) -> AsyncIterator[Moment]:
    """Everybody of the village gets a commissioner, a plan and a group."""
    place, day = {"region_code": "652301104201"}, str(await today(world))
    spread = place | {"mode": "even_out", "dry_run": True}
    yield Moment("assign_commissioners", "township_officer", "/v1/commissioner-assignments", spread)
    await world.post("township_officer", "/v1/commissioner-assignments", place)
    mine = await world.get("commissioner", f"/v1/persons/{world.citizen['person_id']}/commissioner")
    absent = {"commissioner_id": mine["commissioner_id"], "last_day": day}
    yield Moment("record_absence", "township_officer", "/v1/commissioner-absences", absent)
    yield Moment("plan_visits", "township_officer", "/v1/visit-plans", place)
    yield Moment("export_roster", "township_officer", "/v1/roster-exports", place | {"on": day})
    asked = {"region": "652301104201", "kind": "category"}
    digest = (await world.get("township_officer", "/v1/group-proposals", **asked))["digest"]
    yield Moment("adopt_groups", "township_officer", "/v1/groups", place | {"kind": "category", "digest": digest})


async def _visits(world: World) -> AsyncIterator[Moment]:
    """A visit with a promise, a day without network, and two accounts that differ."""
    yield Moment("record_home_visit", "commissioner", visits_of(world), a_visit(world))
    visit = await world.post("commissioner", visits_of(world), a_visit(world))
    settled, path = {"number": 1, "outcome": "not_kept"}, f"/v1/home-visits/{visit['id']}"
    yield Moment("settle_promise", "commissioner", f"{path}/settlements", settled, '"1"')
    batch = a_batch(world)
    yield Moment("sync_visits", "commissioner", "/v1/visit-batches", batch)
    answered = (await world.post("commissioner", "/v1/visit-batches", batch))["answers"][0]["visit"]
    batch["entries"][0]["report"] |= {"seen": "屋内漏雨"}
    visit = (await world.post("commissioner", "/v1/visit-batches", batch))["answers"][0]["visit"]
    chosen = {"digest": answered["account"]["digest"]}
    resolved = f"/v1/home-visits/{visit['id']}/resolution"
    yield Moment("resolve_home_visit", "commissioner", resolved, chosen, '"2"')


async def _archive(world: World) -> AsyncIterator[Moment]:
    """What was kept on paper goes into the archive."""
    upload = await uploaded(world, who="commissioner")
    filed = a_document(world.citizen["person_id"], upload_id=upload["id"])
    yield Moment("file_archive_document", "commissioner", "/v1/archive-documents", filed)


async def _listing(world: World, worker: Database) -> AsyncIterator[Moment]:
    """A table of services is looked through; one of them is entered, and its provider does not stand by it."""
    providers = (await world.get("county_officer", "/v1/organisations", kind="provider", limit=100))["items"]
    society = next(
        one["code"] for one in providers if one["id"] == str(sandbox_id("organisation", "home_care_society"))
    )
    services = f"key,provider_code,code,region_code,name\n1,{society},CARE-HOME,652301,居家照料\n"
    table = {"input": {"format": "csv", "text": services}}
    yield Moment("import_catalogue", "county_officer", "/v1/services/imports", {"dry_run": True, **table})
    await world.post("county_officer", "/v1/services/imports", table)
    await worked_off(worker)
    waiting = (await world.get("provider", "/v1/service-listings"))["items"][0]
    path, why = f"/v1/service-listings/{waiting['id']}", {"reason": "我机构不提供该服务。"}
    yield await at_present(world, "decline_service", "provider", path, "decline", why)


async def _reports(world: World) -> AsyncIterator[Moment]:
    """Suspected harm, and a need that the village cannot meet."""
    yield Moment("report_harm", "commissioner", harm_of(world), SUSPECTED)
    reported = f"/v1/harm-reports/{(await world.post('commissioner', harm_of(world), SUSPECTED))['id']}"
    await world.step("civil_affairs", reported, "receipt")
    yield Moment("close_harm_report", "civil_affairs", f"{reported}/closure", {"text": "已上门处置。"}, '"2"')
    yield Moment("report_need", "commissioner", needs_of(world), A_NEED)
    asked_for = f"/v1/need-reports/{(await world.post('commissioner', needs_of(world), A_NEED))['id']}"
    answered = {"outcome": "arranged", "text": "下月安排护理员。"}
    yield Moment("answer_need_report", "township_officer", f"{asked_for}/answer", answered, '"1"')


async def _finding(world: World) -> AsyncIterator[Moment]:
    """What a rule finds in the answers of somebody on the ledger: passed on, and settled by the commissioner."""
    path = f"/v1/survey-findings/{(await a_finding(world))['id']}"
    to = {"owner_id": ASSOCIATION, "text": "由村协会上门核实。"}
    yield Moment("reassign_survey_finding", "township_officer", f"{path}/reassignment", to, '"1"')
    said = {"settlement": "confirmed", "text": "已上门核实，情况属实。"}
    yield Moment("settle_survey_finding", "commissioner", f"{path}/settlement", said, '"1"')


async def _ledger(world: World) -> AsyncIterator[Moment]:
    """Somebody without a certificate is put on the ledger, and leaves it at the end."""
    day = str(await today(world))
    soon = {"owner_id": str(sandbox_id("organisation", "village_association")), "next_contact_on": day}
    yield Moment("open_uncertified_entry", "commissioner", entries_of(world), an_entry(**soon))
    entry = await world.post("commissioner", entries_of(world), an_entry())
    path = f"/v1/uncertified-entries/{entry['id']}"
    report: dict[str, Any] = {
        "contacted_on": day,
        "outcome": "not_reached",
        "channel": "phone",
        "told": "已留言",
        "words": "无人接听",
    }
    report |= {"reason": "other", "needs": ["long_term_care"], "next_contact_on": day}
    async for moment in _finding(world):
        yield moment
    design = await a_design(world)
    await no_round_open(world, design["population"])
    yield Moment("open_survey_round", "county_officer", "/v1/survey-rounds", design)
    opened = await a_survey_round(world)
    rounds = f"/v1/survey-rounds/{opened['id']}"
    assigned = {"owner_id": ASSOCIATION, "region_code": VILLAGE}
    yield Moment("assign_survey", "county_officer", f"{rounds}/assignments", assigned)
    table = {"dry_run": True, "input": {"format": "csv", "text": "citizen_number,outcome\n1,moved\n"}}
    yield Moment("import_survey", "county_officer", f"{rounds}/imports", table)
    surveyed = f"/v1/survey-entries/{(await surveyed_of(world, opened))['id']}/result"
    yield Moment("record_survey_entry", "commissioner", surveyed, {"outcome": "moved"}, '"1"')
    yield Moment("record_uncertified_contact", "commissioner", f"{path}/contacts", report, '"1"')
    owner = {"owner_id": str(sandbox_id("organisation", "county_federation"))}
    yield Moment("hand_over_uncertified_entry", "commissioner", f"{path}/handover", owner, '"1"')
    asked = a_conversion() | {"citizen_number": world.citizen["citizen_number"]}
    yield Moment("convert_uncertified_entry", "commissioner", f"{path}/conversion", asked, '"1"')
    yield Moment("close_uncertified_entry", "commissioner", f"{path}/closure", {"ground": "declined"}, '"1"')
    for part in (_roster(world), _visits(world), _archive(world), _reports(world)):
        async for moment in part:
            yield moment
    word = {"said_by": "person"}
    yield Moment("take_off_uncertified_entry", "commissioner", f"{path}/removal", word, '"1"')
    await world.step("citizen", path, "removal")


async def _draft(world: World) -> AsyncIterator[Moment]:
    path, said = "/v1/application-drafts", a_draft(world)
    yield Moment("start_draft", "portal", path, said)
    draft = await world.post("portal", path, said)
    yield Moment("save_draft", "portal", f"{path}/{draft['id']}", saved_as(said), '"1"', method="PUT")


def _the_form(citizen: dict[str, Any]) -> Moment:
    asked: dict[str, Any] = {"items": ["certificate"], "region_code": "652301104201", "on": "2026-11-26"}
    asked |= {"person_id": citizen["person_id"], "answers": {"business": "new", "conditions": ["mental"]}}
    return Moment("prefill_form", "citizen", "/v1/packages/disability_services/form", asked)


def _evidence(world: World, application_id: str) -> Iterator[Moment]:
    thought_of: dict[str, Any] = {"package_code": "disability_services", "items": ["living_subsidy"]}
    thought_of |= {"person_id": world.citizen["person_id"]}
    yield Moment("preview_evidence", "citizen", "/v1/evidence-previews", thought_of)
    declared = {"kind": "photo", "origin": "declaration", "application_id": application_id}
    declared |= {"issued_on": "2026-11-01", "valid_until": "2199-12-31"}
    yield Moment("record_evidence", "portal", "/v1/evidence", declared)
    told: dict[str, Any] = {"digest": "ab" * 32, "size": 1000, "media_type": "image/png", "purpose": "evidence"}
    yield Moment("announce_upload", "portal", "/v1/uploads", told)
    asked = {"application_id": application_id, "kind": "residence_permit", "items": ["certificate"]}
    asked |= {"text": "户口不在本地，请出示居住证。"}
    yield Moment("request_evidence", "county_officer", "/v1/evidence-requests", asked)


async def _guardian(world: World) -> AsyncIterator[Moment]:
    path = f"/v1/persons/{world.citizen['person_id']}/guardianships"
    guardian, day = world.opened["guardian"]["person_id"], str(await today(world))
    recorded = {"guardian_id": guardian, "acting": "agent", "proof": "counter", "valid_from": day, "valid_to": day}
    version = (await world.call("township_officer", "GET", path)).headers["ETag"]
    home = {"with_person_id": guardian, "relation": "child", "since": "2020-01-01"}
    told = {"preferred_format": "voice", "preferred_language": "ug-CN"}
    paid = {"number": "9900 0000 1234"}
    stands = {"status": "subsistence_allowance", "since": day}
    civil = path.replace("guardianships", "economic-status")
    yield Moment("record_economic_status", "civil_affairs", civil, stands, version)
    yield Moment("record_bank_account", "civil_affairs", path.replace("guardianships", "bank-account"), paid, version)
    yield Moment("set_preferences", "citizen", path.replace("guardianships", "preferences"), told, version)
    yield Moment("record_household", "township_officer", path.replace("guardianships", "household"), home, version)
    yield Moment("record_guardianship", "township_officer", path, recorded, version)
    await world.post("township_officer", path, recorded, version=version)
    version = (await world.call("township_officer", "GET", path)).headers["ETag"]
    yield Moment("end_guardianship", "township_officer", f"{path}/{guardian}/end", {"last_day": day}, version)
    await world.post("township_officer", f"{path}/{guardian}/end", {"last_day": "2020-01-01"}, version=version)


async def _beside(world: World, source_number: str) -> AsyncIterator[Moment]:
    job = {"kind": "certificate_verification", "parameters": {"detail": "status", "grade_at_most": 2}, "dry_run": True}
    job |= {"input": {"format": "csv", "text": "number,name\n1,x\n"}}
    yield Moment("create_job", "portal", "/v1/jobs", job)
    sought = {"source_number": source_number}
    yield Moment("search_applications", "portal", "/v1/application-searches", sought)
    yield Moment("search_applications", "portal", "/v1/application-searches", {"matter_code": "000123001000"})
    listed = sought | {"status": "submitted", "digest": "0" * 64}
    part = {"submitted_on": str(await today(world)), "after": "0", "until": "z", "applications": [listed]}
    yield Moment("reconcile_applications", "portal", "/v1/reconciliations", part)


async def _certificate(world: World, case: str, application_id: str) -> AsyncIterator[Moment]:
    hospital = (await world.get("county_officer", "/v1/organisations", kind="evaluation_institution"))["items"][0]
    given = by_hand(hospital["id"])
    shown = {"guardian_proof": "shown"}
    yield await at_present(world, "accept_certificate_case", "township_officer", case, "acceptance", shown)
    await world.step("township_officer", case, "acceptance")
    yield await _extension(world, application_id)
    yield await at_present(world, "assign_evaluation", "county_officer", case, "evaluation-assignment", given)
    await world.step("county_officer", case, "evaluation-assignment")
    async for moment in _evaluation(world, case):
        yield moment
    refused = {"reason": "materials_not_genuine", "text": "材料不属实。"}
    yield await at_present(world, "refuse_certificate_case", "county_reviewer", case, "refusal", refused)
    yield await at_present(world, "declare_relation", "evaluator", case, "relations", {"relation": "kin"})
    await world.step("county_officer", case, "notice")
    said, found_false = {"text": "有群众反映情况不实。"}, {"finding": "经核查，异议不成立。"}
    yield await at_present(world, "record_objection", "township_officer", case, "objection", said)
    await world.step("township_officer", case, "objection", said)
    yield await at_present(
        world, "dismiss_objection", "second_county_officer", case, "objection-dismissal", found_false
    )
    await world.step("second_county_officer", case, "objection-dismissal", found_false)
    await world.advance(days=10)
    await world.step("county_reviewer", case, "review")
    await world.step("county_approver", case, "approval")
    done = await world.step("county_approver", case, "issuance")
    async for moment in _register(world, f"/v1/certificates/{done['certificate_id']}"):
        yield moment


async def _evaluation(world: World, case: str) -> AsyncIterator[Moment]:
    doctors = await drawn_for(world, case)
    found = a_conclusion(world, concluded_on=str(await today(world)), doctors=doctors)
    several = found | {"category": 7, "components": [{"category": 4, "grade": 1}, {"category": 1, "grade": 2}]}
    absent = {"reason": "doctor_absent", "doctors": doctors[:1]}
    yield await at_present(world, "decline_evaluation", "evaluator", case, "evaluation-decline", absent)
    one = one_of(world, doctors)
    yield await at_present(world, "conclude_evaluation", one, case, "evaluation", found)
    yield await at_present(world, "conclude_evaluation", one, case, "evaluation", several)
    await signed_by_all(world, case, found)


async def _register(world: World, certificate: str) -> AsyncIterator[Moment]:
    """What may be done to a certificate that was issued; nothing of it stays, so that the rest can go on."""
    lost, found = {"reason": "reported_lost", "text": "持证人来电挂失。"}, {"text": "证件已找到。"}
    yield await at_present(world, "freeze_certificate", "county_approver", certificate, "freeze", lost)
    await world.step("county_approver", certificate, "freeze", lost)
    yield await at_present(world, "unfreeze_certificate", "county_approver", certificate, "unfreezing", found)
    await world.step("county_approver", certificate, "unfreezing", found)
    person = f"/v1/persons/{world.citizen['person_id']}"
    away = {"region_code": "652302199201", "moved_on": str(await today(world))}
    yield await at_present(world, "record_registration_move", "county_officer", person, "registration-moves", away)
    home = away | {"source": "counter"}
    yield await at_present(world, "record_residence_move", "county_officer", person, "residence-moves", home)
    ground = {"ground": "false_material"}
    yield Moment("open_certificate_cancellation", "county_officer", f"{certificate}/cancellation-cases", ground)
    opened = await world.post("county_officer", f"{certificate}/cancellation-cases", ground)
    case = f"/v1/certificate-cases/{opened['id']}"
    await world.step("county_reviewer", case, "review")
    words = {"text": "经查实，申领材料不属实。"}
    yield await at_present(world, "cancel_certificate", "county_approver", case, "cancellation", words)
    await world.step("county_approver", case, "refusal", {"reason": "business_not_open", "text": "查无实据。"})


async def _extension(world: World, application_id: str) -> Moment:
    """The limit to decide has begun to run, and its office may need longer."""
    path = f"/v1/applications/{application_id}/clocks"
    (item,) = (await world.get("county_officer", path, item="certificate"))["items"]
    clock = next(one for one in item["statutory"] if one["extension"] is None and one["code"] == "decision")
    why = {"reason": "需要进一步核实。"}
    return Moment("extend_case_clock", "county_approver", f"/v1/clocks/{clock['id']}/extension", why, _tag(clock))


def _tag(read: dict[str, Any]) -> str:
    return f'"{read["version"]}"'


async def _subsidy(world: World, case: str) -> AsyncIterator[Moment]:
    opinion = {"finding": "met", "text": "情况属实。"}
    await world.step("township_officer", case, "acceptance")
    yield await at_present(world, "check_benefit_case", "township_officer", case, "initial-check", opinion)
    await world.step("township_officer", case, "initial-check", opinion)
    await world.step("township_officer", case, "notice")
    await world.advance(days=10)
    yield await at_present(world, "verify_benefit_case", "county_reviewer", case, "federation-check", opinion)
    await world.step("county_reviewer", case, "federation-check", opinion)
    granted = {"outcome": "granted", "text": "同意发放。"}
    refused = {"outcome": "refused", "reason": "conditions_not_met", "text": "不符合条件。"}
    yield await at_present(world, "decide_benefit_case", "civil_affairs", case, "decision", granted)
    yield await at_present(world, "decide_benefit_case", "civil_affairs", case, "decision", refused)
    async for moment in offer(world):
        yield moment


async def _review(world: World, application: dict[str, Any]) -> AsyncIterator[Moment]:
    refused = {"outcome": "refused", "reason": "conditions_not_met", "text": "不符合条件。"}
    await world.step("civil_affairs", case_of(application, "nursing_subsidy"), "decision", refused)
    made = await world.get("citizen", f"/v1/applications/{application['id']}/decisions")
    path = f"/v1/decisions/{made['items'][-1]['id']}/reviews"
    said = {"statement": "我需要长期照护。", "excuse": "住院"}
    yield Moment("file_review", "citizen", path, said | {"said_by": "person"})
    review = f"/v1/reviews/{(await world.post('citizen', path, said))['id']}"
    reason = {"reason": "another_body", "text": "由人民法院审理。"}
    word = {"said_by": "person"}
    yield await at_present(world, "withdraw_review", "citizen", review, "withdrawal", word)
    yield await at_present(world, "not_accept_review", "appeal_officer", review, "non-acceptance", reason)
    yield await at_present(world, "accept_review", "appeal_officer", review, "acceptance", {"text": "应予受理。"})
    await world.step("appeal_officer", review, "acceptance")
    decided = {"outcome": "sent_back", "text": "事实不清。"}
    yield await at_present(world, "decide_review", "appeal_officer", review, "decision", decided)


async def _care(world: World, application_id: str) -> AsyncIterator[Moment]:
    report = a_report(world, application_id=application_id, assessed_on=str(await today(world)))
    yield Moment("record_assessment", "commissioner", "/v1/assessments", report)
    assessment = await assessed(world, application_id=application_id)
    rewritten = {"reason": "misrecorded", "answers": assessment["answers"], "permanent": ["bathing"]}
    yield Moment("correct_assessment", "commissioner", f"/v1/assessments/{assessment['id']}/correction", rewritten)
    needs = {need["code"]: need for need in assessment["needs"]}
    need = needs["home_care"]
    path, version = f"/v1/needs/{need['id']}", f'"{need["version"]}"'
    words = {"words": "我自己洗不了澡"}
    yield Moment("confirm_need", "commissioner", f"{path}/confirmation", words, version)
    yield Moment("dismiss_need", "commissioner", f"{path}/dismissal", words | {"reason": "not_needed"}, version)
    need = await confirmed(world, need)
    service = await service_for(world, need)
    asked = {"need_id": need["id"], "languages": ["zh-CN"], "features": ["step_free"], "limit": 5} | {
        "preferred_organisation_ids": [service["organisation_id"]]
    }
    said = {"receiving": {"CARE-HOME": False}, "declared_flags": {"willing_to_work": True}}
    yield Moment("match_services", "commissioner", "/v1/matches", asked | said)
    yield Moment(
        "explain_entitlements", "citizen", "/v1/entitlements", said | {"person_id": world.citizen["person_id"]}
    )
    plan = await a_plan(world, need, service, application_id=application_id)
    yield Moment("draft_plan", "commissioner", "/v1/plans", plan)
    drafted = await world.post("commissioner", "/v1/plans", plan)
    answer = {"answer": "agree", "opinion": "同意"}
    yield await at_present(world, "agree_plan", "citizen", f"/v1/plans/{drafted['id']}", "agreement", answer)
    await agreed(world, drafted)
    async for moment in _in_force(world, f"/v1/plans/{drafted['id']}"):
        yield moment
    async for moment in _consent(world, service["organisation_id"]):
        yield moment
    asked = {"need_id": need["id"], "service_id": service["id"], "planned": {"amount": 10, "unit": "hour"}}
    asked |= {"plan_id": drafted["id"], "plan_item_id": plan["path"][0]["id"]}
    yield Moment("make_referral", "commissioner", "/v1/referrals", asked)
    referral = await referred(world, need, service)
    async for moment in _delivery(world, referral):
        yield moment


async def _in_force(world: World, path: str) -> AsyncIterator[Moment]:
    await world.step("township_officer", path, "approval")
    found = {"observations": [{"goal": 1, "seen": "reached", "words": "能够自己洗浴"}], "words": "继续"}
    found |= {"next_review_on": str(await today(world) + timedelta(days=30))}
    yield await at_present(world, "review_plan", "commissioner", path, "review", found)
    yield await at_present(world, "close_plan", "township_officer", path, "closure", {"outcome": "reached"})


async def _consent(world: World, receiver_id: str) -> AsyncIterator[Moment]:
    day, path = str(await today(world)), f"/v1/persons/{world.citizen['person_id']}/consents"
    said = {"valid_from": day, "valid_to": day, "said_by": "person", "channel": "home_visit"}
    yield Moment("give_consent", "commissioner", path, a_consent(receiver_id, **said))
    given = f"/v1/consents/{(await consented(world, receiver_id))['id']}"
    yield await at_present(world, "withdraw_consent", "citizen", given, "withdrawal", {"said_by": "person"})


async def _waiting(world: World) -> AsyncIterator[Moment]:
    """A need of its own waits for a service, and leaves the list."""
    entry = await a_waiting_entry(world)
    path = f"/v1/waiting-entries/{entry['id']}"
    asked = {"service_id": entry["service_id"], "urgency": "soon"}
    await world.step("citizen", path, "withdrawal", {})
    yield Moment("join_waiting_list", "commissioner", f"/v1/needs/{entry['need_id']}/waiting-entries", asked)
    entry = await world.post("commissioner", f"/v1/needs/{entry['need_id']}/waiting-entries", asked)
    path = f"/v1/waiting-entries/{entry['id']}"
    yield await at_present(world, "reassess_waiting_entry", "commissioner", path, "reassessment", {"urgency": "urgent"})
    yield await at_present(world, "withdraw_waiting_entry", "citizen", path, "withdrawal", {"said_by": "person"})
    removal = {"reason": "moved_away", "text": "已迁往外地"}
    yield await at_present(world, "remove_waiting_entry", "township_officer", path, "removal", removal)


async def _project(world: World) -> AsyncIterator[Moment]:
    """A project is drawn up, rests, takes somebody in by an exception, and is closed."""
    yield Moment("announce_project", "county_officer", "/v1/projects", TERMS)
    project, why = await opened(world), {"text": "资金未到位。"}
    path = f"/v1/projects/{project['id']}"
    until = {"valid_to": "2199-12-31", "amount_fen": 100, "exception": "情况特殊。"}
    yield Moment("enrol_beneficiary", "township_officer", f"{path}/beneficiaries", enrolment(world, **until))
    change = {"budget_fen": 2_000_000, "quota": 20, "text": "追加资金。"}
    yield await at_present(world, "ask_project_change", "county_officer", path, "change", change)
    await world.step("county_officer", path, "change", change)
    yield await at_present(world, "decline_project_change", "county_approver", path, "change-refusal", why)
    yield await at_present(world, "suspend_project", "county_officer", path, "suspension", why)
    yield await at_present(world, "close_project", "county_officer", path, "closure", why)
    entry = f"/v1/beneficiaries/{(await proposed(world))['id']}"
    yield await at_present(world, "allow_exception", "county_officer", entry, "exception", {"text": "内容不同。"})
    yield await at_present(world, "end_beneficiary", "township_officer", entry, "end", LEFT)
    await world.step("county_officer", entry, "exception", {"text": "内容不同。"})
    spent = {"text": "票据合计四百元。", "has_benefited": True, "spent_fen": 40_000}
    await world.step("township_officer", entry, "end", LEFT | {"has_benefited": True})
    yield await at_present(world, "restate_spending", "county_officer", entry, "spending", spent)


async def _delivery(world: World, referral: dict[str, Any]) -> AsyncIterator[Moment]:
    for part in (_waiting(world), _project(world)):
        async for moment in part:
            yield moment
    places = {"unit": "place", "maximum": 60, "available": 20}
    yield Moment("state_capacity", "provider", f"/v1/services/{referral['service_id']}/capacity", places)
    path, day = f"/v1/referrals/{referral['id']}", str(await today(world))
    declined = {"reason": "no_capacity", "words": "人手不足"}
    record = {"on": day, "quantity": {"amount": 2, "unit": "hour"}, "note": "as_planned", "worker": "A7"}
    record |= {"starts_at": f"{day}T00:00:01+08:00", "ends_at": f"{day}T02:00:00+08:00"}
    yield await at_present(world, "accept_referral", "provider", path, "acceptance", {"begins_on": day})
    yield await at_present(world, "decline_referral", "provider", path, "decline", declined)
    await accepted(world, referral)
    yield await at_present(
        world, "schedule_visits", "provider", path, "appointments", {"appointments": [{"on": day, "at": "14:30"}]}
    )
    yield await at_present(world, "deliver_referral", "provider", path, "delivery", {"deliveries": [record]})
    await delivered(world, referral)
    why = {"outcome": "explained", "text": "已核实"}
    finding = f"/v1/delivery-findings/{await a_finding_about(world, referral)}"
    inspection = f"/v1/inspections/{await an_inspection_of(world, referral)}"
    yield await at_present(world, "record_inspection", "township_officer", inspection, "result", LOOKED_AT)
    yield await at_present(world, "settle_delivery_finding", "township_officer", finding, "settlement", why)
    seen, wish = {"reason": "seen_on_site", "words": "已现场核实"}, {"reason": "person_wishes", "words": "由家人照料"}
    rest = {"reason": "in_hospital", "words": "住院", "expected_until": day}
    yield await at_present(world, "override_delivery", "township_officer", path, "override", seen)
    yield await at_present(world, "revoke_referral", "citizen", path, "revocation", wish)
    yield await at_present(world, "pause_referral", "commissioner", path, "pause", rest)
    await world.step("commissioner", path, "pause", rest)
    await world.step("provider", path, "resumption")
    moved = {"service_id": await service_of_another(world, referral), "reason": "provider_unable", "words": "人手不足"}
    yield await at_present(world, "transfer_referral", "commissioner", path, "transfer", moved)
    async for moment in _complaint(world, referral):
        yield moment
    said = {"satisfaction": 5, "words": "很好"}
    yield await at_present(world, "confirm_delivery", "citizen", path, "confirmation", said)


async def _complaint(world: World, referral: dict[str, Any]) -> AsyncIterator[Moment]:
    """Something was wrong: the county asks the provider, and says what it has found."""
    filed = f"/v1/referrals/{referral['id']}/complaints"
    yield Moment("file_complaint", "commissioner", filed, COMPLAINED | {"said_by": "person"})
    complaint = await a_complaint(world, referral, is_anonymous=False)
    path, asked = f"/v1/complaints/{complaint['id']}", {"text": "请说明上周的服务时长。"}
    await world.step("county_officer", path, "receipt")
    yield await at_present(world, "ask_complaint_question", "county_officer", path, "question", asked)
    question = (await world.step("county_officer", path, "question", asked))["question"]
    question_path = f"/v1/complaint-questions/{question['id']}"
    answer = {"text": "已补足时长。"}
    yield await at_present(world, "answer_complaint_question", "provider", question_path, "answer", answer)
    found = {"outcome": "settled", "text": "已协商补足时长。"}
    yield await at_present(world, "close_complaint", "county_officer", path, "closure", found)
