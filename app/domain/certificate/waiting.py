"""How a case waits for what is missing, rests where nothing comes, and goes on."""

from datetime import date
from typing import TYPE_CHECKING

from app.domain.certificate import events
from app.domain.certificate.stages import Action
from app.domain.shared.access import Principal

if TYPE_CHECKING:
    from app.domain.certificate.case import CertificateCase


def ask_correction(
    case: "CertificateCase", *, by: Principal, on: date
) -> tuple["CertificateCase", events.CaseCorrectionAwaited]:
    """Wait for what is missing; what that is stands in the correction.

    Source: 行政许可法 art. 32(4): once, and completely.

    Raises:
        StepTakenBefore: it was asked for once already.
    """
    waiting = case.stepped(Action.ASK_CORRECTION, by=by, on=on)
    return waiting, events.CaseCorrectionAwaited(case_id=case.id, asked_by=by.id, asked_on=on)


def complete_correction(case: "CertificateCase", *, on: date) -> tuple["CertificateCase", events.CaseCorrected]:
    """Go on: all that was missing is there."""
    corrected = case.stepped_by_itself(Action.COMPLETE_CORRECTION, on=on)
    return corrected, events.CaseCorrected(case_id=case.id, corrected_on=on)


def confirm(case: "CertificateCase", *, on: date) -> tuple["CertificateCase", events.CaseConfirmed]:
    """Go on: the second person has said yes."""
    confirmed = case.stepped_by_itself(Action.CONFIRM, on=on)
    return confirmed, events.CaseConfirmed(case_id=case.id, confirmed_on=on)


def rest(case: "CertificateCase", *, on: date) -> tuple["CertificateCase", events.CaseRested]:
    """Rest, because no answer or no word has come in time. Nothing is refused by that; it lets the case go on."""
    resting = case.stepped_by_itself(Action.REST, on=on)
    return resting, events.CaseRested(case_id=case.id, rested_on=on)
