"""Stored decisions, replayed: their own rules lead to what is stored bit for bit, and changed rules to what flips."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.rulebooks import RULEBOOKS
from app.domain.shared.entry import RuleValue
from app.domain.shared.rulebook import Rule, Rulebook
from app.main import open_database
from app.services.back_test import Change, Replay, back_test
from app.services.ports.caller import by_itself
from app.tools.back_test import Question, run
from tests.acting import World
from tests.api.flow import case_of, decided, issued, submitted
from tests.builders.rules import BOOK

pytestmark = [pytest.mark.anyio, pytest.mark.database]

COUNTY = "65/6523/652301"
LIGHTER: RuleValue = {"all": ({"kind": "certificate_in_force"}, {"kind": "grade_at_most", "grade": 3})}
HEAVIER: RuleValue = {"all": ({"kind": "certificate_in_force"}, {"not": {"kind": "grade_at_most", "grade": 4}})}


def with_criteria(value: RuleValue) -> Rulebook:
    """The rules as they are, but for the criteria of the nursing subsidy in the region."""

    def changed(rule: Rule) -> Rule:
        is_meant = (rule.subject, rule.region) == ("nursing_subsidy.criteria", "65")
        return replace(rule, value=value) if is_meant else rule

    return Rulebook(changed(rule) for rule in BOOK)


@dataclass(frozen=True)
class Granted:
    """A nursing subsidy's case that was granted, and the clock by which it was."""

    case_id: UUID
    clock_id: UUID


@pytest.fixture
async def granted(world: World, superuser: asyncpg.Connection) -> Granted:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    case = case_of(application, "nursing_subsidy")
    await decided(world, case)
    clock_id = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", UUID(world.opened["client_id"]))
    return Granted(UUID(case.rpartition("/")[2]), clock_id)


async def replayed(database: Database, granted: Granted, rules: Rulebook) -> Replay:
    change = Change(
        rulebook=rules, in_force_on=datetime.now(UTC).date() + timedelta(days=40), region=COUNTY, item="nursing_subsidy"
    )
    admit = gate.by_itself(region=COUNTY, test_clock_id=granted.clock_id)
    caller = by_itself("back_test", request_id="test-back-test")
    return await back_test(change, work=lambda: PostgresUnitOfWork(database, caller, admit=admit))


async def test_a_decision_replayed_with_its_own_rules_is_what_is_stored_and_changed_rules_flip_it(
    database: Database, granted: Granted
) -> None:
    same = await replayed(database, granted, with_criteria(LIGHTER))
    heavier = await replayed(database, granted, with_criteria(HEAVIER))

    assert granted.case_id not in {*same.not_reproduced, *heavier.not_reproduced}
    assert granted.case_id not in {flip.case_id for flip in same.test.flips}
    flip = next(one for one in heavier.test.flips if one.case_id == granted.case_id)
    assert (flip.after, flip.reasons) == ("not_met", ("grade_at_most",))
    assert heavier.test.whole.cases >= 1
    assert heavier.test.whole.lost >= 1
    assert heavier.test.whole.cost_fen <= -14000


async def test_a_stored_result_that_its_own_rules_do_not_lead_to_is_named(
    database: Database, superuser: asyncpg.Connection, granted: Granted
) -> None:
    forged = "jsonb_set(detail, '{proposal,reasons,0,finding}', '\"unknown\"')"
    await superuser.execute(f"UPDATE benefit_case SET detail = {forged} WHERE id = $1", granted.case_id)

    replay = await replayed(database, granted, BOOK)

    assert granted.case_id in replay.not_reproduced


def test_the_command_prints_a_report_that_can_be_signed(installed: Any, capsys: pytest.CaptureFixture[str]) -> None:
    question = Question(region="652301", item="living_subsidy", on=date(2027, 1, 1), by="李样")

    code = run(RULEBOOKS, question, opened=lambda: open_database(installed.settings), json_output=True)

    report = json.loads(capsys.readouterr().out)
    assert (code, report["made_by"], report["not_reproduced"]) == (0, "李样", [])
    assert report.keys() == {
        "made_by", "region", "in_force_on", "whole", "flips", "by_group", "not_reproduced", "changes"
    }  # fmt: skip
