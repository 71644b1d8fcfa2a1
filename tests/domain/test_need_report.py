"""A need that the village cannot meet goes to the township, then to the city, each with its clock."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.domain.need_report import NeedReport, NeedReportOutcome, NeedReportStage, NeedReportTerms
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction
from tests.builders import COUNTY_OFFICER, MONDAY, TOWNSHIP_OFFICER, VILLAGE, WEEKDAYS, a_principal
from tests.builders.report import a_need_report_at
from tests.builders.rules import HERE

TERMS = NeedReportTerms.of(HERE)
COMMISSIONER = a_principal(Role.COMMISSIONER, region=VILLAGE)


def reported() -> NeedReport:
    report, _ = NeedReport.report(a_need_report_at(NeedReportStage.AT_TOWNSHIP), terms=TERMS, calendar=WEEKDAYS)
    return report


def test_the_township_has_its_days_and_the_city_its_own() -> None:
    report = reported()

    escalated, event = report.escalate(by=TOWNSHIP_OFFICER, on=report.due_on, terms=TERMS, calendar=WEEKDAYS)

    assert report.due_on == MONDAY + timedelta(days=7)
    assert (escalated.stage, escalated.due_on) == (NeedReportStage.AT_CITY, report.due_on + timedelta(days=14))
    assert (event.need, event.due_on) == ("long_term_care", escalated.due_on)
    assert report.is_overdue(report.due_on + timedelta(days=1))
    assert [one.split("@")[0] for one in escalated.rule_versions] == [
        "need_report.township_within",
        "need_report.city_within",
    ]


def test_whoever_has_it_answers_and_nobody_else() -> None:
    report = reported()
    answered, _ = report.answer_with(NeedReportOutcome.MET, "已安装扶手", by=TOWNSHIP_OFFICER, on=MONDAY)
    escalated, _ = report.escalate(by=TOWNSHIP_OFFICER, on=MONDAY, terms=TERMS, calendar=WEEKDAYS)
    by_city, _ = escalated.answer_with(NeedReportOutcome.ARRANGED, "下月安排", by=COUNTY_OFFICER, on=MONDAY)

    assert (answered.outcome, by_city.outcome) == (NeedReportOutcome.MET, NeedReportOutcome.ARRANGED)
    assert not answered.is_overdue(MONDAY + timedelta(days=99))
    with pytest.raises(IllegalTransition):
        report.answer_with(NeedReportOutcome.MET, "", by=COUNTY_OFFICER, on=MONDAY)
    with pytest.raises(IllegalTransition):
        escalated.answer_with(NeedReportOutcome.MET, "", by=TOWNSHIP_OFFICER, on=MONDAY)
    with pytest.raises(NotYourFunction):
        report.answer_with(NeedReportOutcome.MET, "", by=COMMISSIONER, on=MONDAY)
    with pytest.raises(IllegalTransition):
        answered.escalate(by=TOWNSHIP_OFFICER, on=MONDAY, terms=TERMS, calendar=WEEKDAYS)


def test_what_the_township_has_not_answered_in_time_rises_to_the_city_by_itself() -> None:
    report = reported()

    assert report.rise(on=report.due_on, terms=TERMS, calendar=WEEKDAYS) is None
    risen = report.rise(on=report.due_on + timedelta(days=1), terms=TERMS, calendar=WEEKDAYS)

    assert risen
    assert (risen[0].stage, risen[0].due_on) == (NeedReportStage.AT_CITY, report.due_on + timedelta(days=15))
    assert (risen[0].done[-1].by, risen[1].due_on) == (None, risen[0].due_on)
    assert (risen[0].words, risen[0].person_id) == (report.words, report.person_id)
    assert risen[0].rise(on=MONDAY + timedelta(days=99), terms=TERMS, calendar=WEEKDAYS) is None


def test_it_names_a_need_and_a_person_by_id_and_nothing_else() -> None:
    assert {"name", "phone", "address", "category", "grade"}.isdisjoint(NeedReport.__dataclass_fields__)
    assert reported().id == UUID(int=69)
