"""The journey from the grant on: the rating, the roll of a month until it is paid, a look again at the grant."""

from collections.abc import AsyncIterator
from typing import Any

from app.adapters.postgres.database import Database
from tests.acting import World
from tests.api.alarms import raised
from tests.api.care import today
from tests.api.duplicates import a_duplicate, another_number
from tests.api.moments import Moment, at_present
from tests.api.probes import a_discrepancy, a_visit, an_offer, visits_of
from tests.api.registers import TABLE_OF_A_REGISTER, waiting
from tests.api.rolls import COUNTY, drafted_roll, next_month, no_roll_open


async def rating(world: World, application_id: str, last: str) -> AsyncIterator[Moment]:
    """What the person says of the service, before and after the last decision, which grants the benefit."""
    path, said = f"/v1/applications/{application_id}", {"satisfaction": "dissatisfied", "words": "等得太久"}
    about = said | {"item": "certificate"}
    yield Moment("rate_item", "citizen", f"{path}/ratings", about)
    given = await world.post("citizen", f"{path}/ratings", about)
    await world.step("civil_affairs", last, "decision", {"outcome": "granted", "text": "同意发放。"})
    answer = {"outcome": "confirmed", "answer": "已增设窗口。"}
    yield Moment("correct_rating", "citizen", f"/v1/ratings/{given['id']}/correction", said, '"1"')
    yield Moment("follow_up_rating", "county_officer", f"/v1/ratings/{given['id']}/follow-up", answer, '"1"')


async def offer(world: World) -> AsyncIterator[Moment]:
    """What the rules have found due besides, sent by an officer: taken, left, or taken back."""
    path, told = f"/v1/offers/{await an_offer(world)}", {"channel": "phone", "said_by": "person"}
    yield await at_present(world, "accept_offer", "township_officer", path, "acceptance", told)
    left = told | {"reason": "not_now", "words": "以后再说"}
    yield await at_present(world, "decline_offer", "township_officer", path, "decline", left)
    yield await at_present(world, "withdraw_offer", "county_officer", path, "withdrawal", {"text": "登记信息已更正。"})


async def _register(world: World) -> AsyncIterator[Moment]:
    """Another register that says another grade: taken over, and settled by an officer."""
    body = {"dry_run": False, "input": {"format": "csv", "text": TABLE_OF_A_REGISTER}}
    yield Moment("import_register", "county_officer", "/v1/register-imports", body)
    asked = f"/v1/register-imports/{(await waiting(world))['id']}"
    refusal = {"text": "请先核对来源。"}
    yield await at_present(world, "refuse_register_import", "county_approver", asked, "refusal", refusal)
    path = f"/v1/register-discrepancies/{(await a_discrepancy(world))['id']}"
    said = {"settlement": "taken", "text": "已核对原证。"}
    yield await at_present(world, "settle_register_discrepancy", "second_county_officer", path, "settlement", said)


async def _twin(world: World) -> AsyncIterator[Moment]:
    """Somebody who is registered twice: let pass, merged by an officer, separated again, and found to be two."""
    other = {"citizen_number": another_number(world)}
    path, why = f"/v1/person-duplicates/{await a_duplicate(world, **other)}", {"text": "身份证已核对。"}
    yield await at_present(world, "override_person_duplicate", "county_officer", path, "override", why)
    await world.step("county_officer", path, "override", why)
    kept = why | {"kept_person_id": world.citizen["person_id"]}
    yield await at_present(world, "merge_person_duplicate", "county_officer", path, "merge", kept)
    await world.step("county_officer", path, "merge", kept)
    await world.step("second_county_officer", path, "merge-confirmation")
    yield await at_present(world, "separate_person_duplicate", "county_officer", path, "separation", why)
    await world.step("county_officer", path, "separation", why)
    yield await at_present(world, "dismiss_person_duplicate", "county_officer", path, "dismissal", why)


async def _alarm(world: World) -> AsyncIterator[Moment]:
    """Figures ask, and a reviewer answers."""
    path = f"/v1/integrity-alarms/{await raised(world)}"
    await world.step("county_reviewer", path, "taking-up")
    found = {"outcome": "explained", "looked_into": ["papers", "doctors"], "text": "该院专收重症。"}
    yield await at_present(world, "close_integrity_alarm", "county_reviewer", path, "finding", found)


async def after_the_grant(world: World, worker: Database, case: str) -> AsyncIterator[Moment]:
    """From a benefit that was just granted to its end."""
    async for moment in _roll(world, worker):
        yield moment
    async for moment in _recheck(world, case.rpartition("/")[2]):
        yield moment
    async for moment in _register(world):
        yield moment
    async for moment in _twin(world):
        yield moment
    async for moment in _alarm(world):
        yield moment
    yield await _death_report(world)


async def _roll(world: World, worker: Database) -> AsyncIterator[Moment]:
    await no_roll_open(world)
    month = await next_month(world)
    asked = {"benefit": "living_subsidy", "region_code": COUNTY, "month": str(month)}
    yield Moment("draft_payment_roll", "civil_affairs", "/v1/payment-rolls", asked)
    path = f"/v1/payment-rolls/{(await drafted_roll(world, worker, month))['id']}"
    objection = {"text": "人数不符"}
    yield await at_present(world, "reject_payment_roll", "civil_affairs", path, "rejection", objection)
    await world.step("civil_affairs", path, "check")
    await world.step("second_civil_affairs", path, "approval")
    yield Moment("export_payment_roll", "civil_affairs", f"{path}/export", {"identifiers": "full"})


async def _recheck(world: World, case_id: str) -> AsyncIterator[Moment]:
    yield Moment("scan_rechecks", "civil_affairs", "/v1/recheck-scans", {"region_code": COUNTY})
    reported = {"case_id": case_id, "trigger": "registration_moved", "text": "户口已迁出"}
    yield Moment("open_recheck", "citizen", "/v1/rechecks", reported)
    path = f"/v1/rechecks/{(await world.post('citizen', '/v1/rechecks', reported))['id']}"
    day = str(await today(world))
    stopped: dict[str, Any] = {"verdict": "stopped", "text": "户籍已迁往外县", "ceased_on": day}
    corrected: dict[str, Any] = {"verdict": "corrected", "text": "月份有误", "first_month": day, "last_month": day}
    for ruling in (stopped | {"recovers_overpaid": True}, corrected):
        yield await at_present(world, "decide_recheck", "civil_affairs", path, "decision", ruling)


async def _death_report(world: World) -> Moment:
    """A death is told at the door, and then the person comes to the counter."""
    told = a_visit(world, visited_on=str(await today(world)), outcome="died", promises=[], needs=[])
    visit = await world.post("commissioner", visits_of(world), told)
    lives = {"record_ids": [visit["id"]], "text": "本人已到窗口核对身份。"}
    path = f"/v1/persons/{world.citizen['person_id']}/death-report/retraction"
    return Moment("take_back_death_report", "county_officer", path, lives)
