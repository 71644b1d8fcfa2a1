"""Conclusions in a database: cases as the service writes them, with people of whom nothing else is known."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from app.adapters.postgres.certificate_case import CERTIFICATE_CASES
from app.domain.certificate import (
    Action,
    Choice,
    DeclineReason,
    DeclineWord,
    DesignatedInstitution,
    EvaluationConclusion,
    HandReason,
    LapsedChoice,
    Measurements,
    Stage,
)
from app.domain.integrity import Asked, Chosen, Concluded, Declined
from app.domain.shared.transitions import Done
from tests.builders import a_certificate_case

PREFECTURE = "99/9902"
"""Where no office is, and no other test has anything."""
COUNTY = f"{PREFECTURE}/990201"
PERSON = """
INSERT INTO person (id, region_path, registration_path, sex, preferred_format, preferred_language, version)
VALUES ($1, $2, $2, 1, 'standard', 'zh-CN', 1)
"""
CONTACT = """
INSERT INTO person_contact (id, person_id, kind, value_cipher, value_index, valid_from)
VALUES ($1, $2, $3, '\\x00', $4, '2026-01-01')
"""
LEFT = (
    "DELETE FROM log_leaf WHERE event_id IN (SELECT id FROM event WHERE region_path LIKE $1 || '%')",
    *(
        f"DELETE FROM {table} WHERE region_path LIKE $1 || '%'"
        for table in ("event", "integrity_alarm", "integrity_look", "recheck", "draw_commitment")
    ),
    "DELETE FROM benefit_case WHERE region_path LIKE $1 || '%'",
    "DELETE FROM certificate_case WHERE region_path LIKE $1 || '%'",
    "DELETE FROM person_contact WHERE person_id IN (SELECT id FROM person WHERE region_path LIKE $1 || '%')",
    "DELETE FROM guardianship WHERE person_id IN (SELECT id FROM person WHERE region_path LIKE $1 || '%')",
    "DELETE FROM person WHERE region_path LIKE $1 || '%'",
    "DELETE FROM organisation WHERE region_path LIKE $1 || '%'",
)


async def store(connection: asyncpg.Connection, conclusions: Iterable[Concluded]) -> None:
    """A person and a case for each; the village is the place of both."""
    for one in conclusions:
        person = uuid4()
        await connection.execute(PERSON, person, one.village)
        await add_row(connection, "certificate_case", CERTIFICATE_CASES.to_row(_case(one, person)))
        for kind, digest in (("address", one.address), ("phone", one.phone)):
            if digest:
                await connection.execute(CONTACT, uuid4(), person, kind, bytes.fromhex(digest))


async def store_asked(connection: asyncpg.Connection, cases: Iterable[Asked], *, village: str) -> None:
    """A case for each, and each person once."""
    found = list(cases)
    for person in dict.fromkeys(one.person_id for one in found):
        await connection.execute(PERSON, person, village)
    for one in found:
        await add_row(connection, "certificate_case", CERTIFICATE_CASES.to_row(_drawn_for(one, village)))


async def store_chosen(
    connection: asyncpg.Connection, cases: Iterable[Chosen], *, village: str, reason: HandReason = HandReason.OTHER
) -> None:
    """A person and a case for each, for which an office has chosen the institution by hand."""
    for one in cases:
        person = uuid4()
        await connection.execute(PERSON, person, village)
        case = _chosen(one, village, Choice(reason=reason, text="invented"))
        row = CERTIFICATE_CASES.to_row(replace(case, person_id=person))
        await add_row(connection, "certificate_case", row)


async def add_row(connection: asyncpg.Connection, table: str, row: dict[str, Any]) -> None:
    """One row as an adapter makes it; its whole is JSON already."""
    names = ", ".join(row)
    values = ", ".join(f"${n}::jsonb" if name == "detail" else f"${n}" for n, name in enumerate(row, 1))
    await connection.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", *row.values())


async def forget(connection: asyncpg.Connection) -> None:
    """Remove all that lies in the prefecture; referrals uncounted, for the services that they name are not there."""
    async with connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        for table in ("inspection", "delivery", "referral"):
            await connection.execute(f"DELETE FROM {table} WHERE region_path LIKE $1 || '%'", PREFECTURE)
    for statement in LEFT:
        await connection.execute(statement, PREFECTURE)


def _drawn_for(one: Asked, village: str) -> Any:
    """A case as an alarm about draws reads it; its steps say no more than when it was taken back."""
    case = a_certificate_case(Stage.EVALUATION_ASSIGNED)
    taken_back = Done(action=Action.WITHDRAW, stage=Stage.WITHDRAWN, on=one.withdrawn_on or date.min)
    conclusion = EvaluationConclusion(
        doctors=one.doctors, meets_standard=False, concluded_on=one.concluded_on or date.min
    )
    return replace(
        case,
        id=one.case_id,
        person_id=one.person_id,
        region=village,
        application_id=None,
        stage=Stage.WITHDRAWN if one.withdrawn_on else case.stage,
        done=(*case.done, taken_back) if one.withdrawn_on else case.done,
        institution=DesignatedInstitution(id=one.institution, categories=frozenset()),
        choice=Choice(draw_id=uuid4(), doctors=one.doctors),
        conclusion=conclusion if one.concluded_on else None,
        turns=tuple(turn for decline in one.declines for turn in _lapsed(decline)),
    )


def _chosen(one: Chosen, village: str, choice: Choice) -> Any:
    case = a_certificate_case(Stage.EVALUATION_ASSIGNED)
    return replace(
        case,
        id=one.case_id,
        region=village,
        application_id=None,
        institution=DesignatedInstitution(id=one.institution, categories=frozenset()),
        choice=choice,
        done=(*case.done[:-1], replace(case.done[-1], on=one.on)),
        conclusion=EvaluationConclusion(doctors=one.doctors, meets_standard=False, concluded_on=date.min)
        if one.doctors
        else None,
    )


def _lapsed(decline: Declined) -> tuple[LapsedChoice, ...]:
    """A decline, beside what is none: one of who was chosen by hand, and what a review has sent back."""
    said = LapsedChoice(
        round=1,
        institution_id=decline.institution,
        draw_id=uuid4(),
        ended_on=decline.on,
        doctors=decline.doctors or (uuid4(),),
        reason=DeclineReason.NO_CAPACITY,
        word=DeclineWord.DOCTOR if decline.doctors else DeclineWord.INSTITUTION,
    )
    return replace(said, draw_id=None), said, replace(said, doctors=(), reason=None)


def _case(one: Concluded, person: UUID) -> Any:
    conclusion = EvaluationConclusion(
        doctors=one.doctors,
        meets_standard=one.category is not None,
        concluded_on=one.concluded_on,
        category=one.category,
        grade=one.grade,
        measurements=Measurements(numbers=one.measured),
    )
    return replace(
        a_certificate_case(Stage.ACCEPTED),
        id=one.case_id,
        person_id=person,
        region=one.village,
        application_id=None,
        stage=Stage.EVALUATED,
        submitted_at=datetime.combine(one.applied_on, time(1), UTC) + timedelta(hours=1),
        institution=DesignatedInstitution(id=one.institution, categories=frozenset()),
        conclusion=conclusion,
    )
