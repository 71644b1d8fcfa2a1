"""How a conclusion is put up for the public, and what is said against it."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.domain.certificate import events
from app.domain.certificate.notice import Notice, NoticeRules, NoticeSheet, Objection
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import Action
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar

if TYPE_CHECKING:
    from app.domain.certificate.case import CertificateCase


def post_notice(
    case: "CertificateCase", *, by: Principal, on: date, rules: CertificateRules, calendar: WorkingCalendar
) -> tuple["CertificateCase", events.NoticePosted]:
    """Put the conclusion up for the public to object (公示).

    Source: 残疾人证管理办法 (2017), art. 9(3): five working days; 民法典 art. 201: counted from the day after.

    Raises:
        StandardNotMet: the doctors found no disability in the sense of the standard.
    """
    moved = case.stepped(Action.POST_NOTICE, by=by, on=on)
    last_day = calendar.last_day_of(rules.notice_working_days.value, after=on)
    used = rules.notice_working_days.reference
    notice = Notice(posted_on=on, last_day=last_day)
    posted = replace(moved, notice=notice, rule_versions=case.with_rules(used))
    return posted, events.NoticePosted(
        case_id=case.id, posted_by=by.id, posted_on=on, last_day=last_day, rule_versions=(used,)
    )


def sheet(case: "CertificateCase", name: str, *, on: date, rules: NoticeRules) -> NoticeSheet:
    """What is put up of it on a day: nothing, unless the notice runs."""
    if case.notice is None or case.conclusion is None or not case.notice.is_up(on):
        return NoticeSheet()
    found, fields = frozenset(case.conclusion.found), rules.fields
    return NoticeSheet(
        last_day=case.notice.last_day,
        name=rules.name_shown(name, found) if "masked_name" in fields else None,
        village=(case.accepting_region or case.region) if "village" in fields else None,
        category=case.conclusion.category if "category" in fields else None,
        grade=case.conclusion.grade if "grade" in fields else None,
    )


def record_objection(
    case: "CertificateCase", *, by: Principal, on: date, text: str
) -> tuple["CertificateCase", events.ObjectionRecorded]:
    """Take down what the public says against the conclusion (公示异议); it is looked into before anything goes on.

    Raises:
        NoticeNotUp: the last day has passed.
    """
    moved = case.stepped(Action.RECORD_OBJECTION, by=by, on=on)
    objection = Objection(text=text, recorded_by=by.id, recorded_on=on)
    recorded = replace(moved, objections=(*case.objections, objection))
    return recorded, events.ObjectionRecorded(case_id=case.id, recorded_by=by.id, recorded_on=on)


def dismiss_objection(
    case: "CertificateCase", *, by: Principal, on: date, finding: str
) -> tuple["CertificateCase", events.ObjectionDismissed]:
    """Find that the objection is not so (异议不成立). One that is so is a reason to refuse."""
    moved = case.stepped(Action.DISMISS_OBJECTION, by=by, on=on)
    looked_into = replace(case.objections[-1], finding=finding)
    dismissed = replace(moved, objections=(*case.objections[:-1], looked_into))
    return dismissed, events.ObjectionDismissed(case_id=case.id, dismissed_by=by.id, dismissed_on=on)
