"""Suspected harm: to the right body at once, with a clock of its own, read by nobody of the village."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.harm_report import AtRisk, HarmKind, HarmReport, HarmStage, HarmTerms, Suspicion
from app.domain.organisation import OrganisationKind
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.region import Level
from app.domain.shared.transitions import NotYourFunction, OwnCase
from tests.builders import CIVIL_AFFAIRS, COUNTY, MONDAY, PERSON_ID, VILLAGE, a_principal
from tests.builders.people import NOW
from tests.builders.rules import HERE

COMMISSIONER = a_principal(Role.COMMISSIONER, region=VILLAGE)


def reported(age: int | None = 9, **changes: Any) -> HarmReport:
    suspicion = Suspicion(person_id=PERSON_ID, kind=HarmKind.NEGLECT, words="多日无人照料", told_police=False)
    terms = HarmTerms.of(HERE, age=age)
    report, _ = HarmReport.report(
        suspicion, report_id=UUID(int=1), body_id=UUID(int=2), region=COUNTY, by=COMMISSIONER, at=NOW, terms=terms
    )
    return report


@pytest.mark.parametrize(("age", "whom"), [(17, AtRisk.MINOR), (18, AtRisk.ADULT), (None, AtRisk.MINOR)])
def test_the_body_follows_from_whom_the_law_protects(age: int | None, whom: AtRisk) -> None:
    terms = HarmTerms.of(HERE, age=age)

    assert (terms.at_risk, terms.body_kind, terms.body_level) == (whom, OrganisationKind.CIVIL_AFFAIRS, Level.COUNTY)
    assert [one.split("@")[0] for one in terms.references] == ["harm.bodies", "harm.receive_within"]


def test_it_lies_with_the_county_and_its_clock_runs_in_hours() -> None:
    report = reported()

    assert (report.region, report.receive_by) == (COUNTY, NOW + timedelta(hours=2))
    assert not report.is_overdue(NOW + timedelta(hours=2))
    assert report.is_overdue(NOW + timedelta(hours=2, seconds=1))


def test_the_body_takes_it_in_and_then_tells_the_reporter() -> None:
    received, event = reported().receive(by=CIVIL_AFFAIRS, on=MONDAY)
    closed, _ = received.close("已上门处置", by=CIVIL_AFFAIRS, on=MONDAY)

    assert (received.stage, event.received_by, closed.stage) == (HarmStage.RECEIVED, CIVIL_AFFAIRS.id, HarmStage.CLOSED)
    assert not received.is_overdue(NOW + timedelta(days=9))
    with pytest.raises(IllegalTransition):
        reported().close("", by=CIVIL_AFFAIRS, on=MONDAY)
    with pytest.raises(NotYourFunction):
        reported().receive(by=COMMISSIONER, on=MONDAY)


def test_what_nobody_takes_in_rises_once_to_the_next_level_and_stays_with_the_county_too() -> None:
    report, terms = reported(), HarmTerms.of(HERE, age=None)
    late = report.receive_by + timedelta(seconds=1)

    assert report.rise(to=UUID(int=3), at=report.receive_by, terms=terms) is None
    risen = report.rise(to=UUID(int=3), at=late, terms=terms)

    assert risen
    assert (risen[0].raised_at, risen[0].raised_to, risen[0].body_id) == (late, UUID(int=3), report.body_id)
    assert (risen[0].receive_by, risen[1].receive_by) == (late + timedelta(hours=2), late + timedelta(hours=2))
    assert (terms.raise_level, risen[0].words) == (Level.PREFECTURE, report.words)
    assert risen[0].rise(to=UUID(int=3), at=late + timedelta(days=9), terms=terms) is None
    assert risen[0].receive(by=CIVIL_AFFAIRS, on=MONDAY)[0].rise(to=None, at=late, terms=terms) is None


def test_nobody_handles_a_report_about_the_own_family() -> None:
    guardian = a_principal(Role.CIVIL_AFFAIRS, wards=frozenset({PERSON_ID}))

    with pytest.raises(OwnCase):
        reported().receive(by=guardian, on=MONDAY)


def test_events_name_neither_the_person_nor_the_reporter() -> None:
    suspicion = Suspicion(person_id=PERSON_ID, kind=HarmKind.SEXUAL, words="x", told_police=True)
    terms = HarmTerms.of(HERE, age=9)
    report, event = HarmReport.report(
        suspicion, report_id=UUID(int=1), body_id=UUID(int=2), region=COUNTY, by=COMMISSIONER, at=NOW, terms=terms
    )

    assert report.unnamed.person_id is None
    assert not {str(PERSON_ID), str(COMMISSIONER.id), "sexual"} & set(map(str, event.facts().values()))
