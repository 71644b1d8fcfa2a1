"""A conclusion has as many signatures as it has doctors, each of them the doctor's own."""

from uuid import UUID

import pytest

from app.domain.certificate import (
    CertificateCase,
    ConclusionSigned,
    EvaluationConclusion,
    EvaluationSigned,
    SecondWordMissing,
    SignatureNotYours,
    Stage,
)
from app.domain.shared.access import Principal
from app.domain.shared.identity import Grade
from tests.builders import DOCTORS, MONDAY, a_certificate_case, a_conclusion, assigned, declined
from tests.builders.certificate import CERTIFICATE_RULES, a_doctor

ASKED = a_certificate_case(Stage.EVALUATION_ASSIGNED)
FIRST, SECOND = (a_doctor(doctor) for doctor in DOCTORS)
FOUND = a_conclusion()


def signed(
    case: CertificateCase, conclusion: EvaluationConclusion = FOUND, *, by: Principal = FIRST
) -> CertificateCase:
    return case.evaluate(by=by, on=MONDAY, conclusion=conclusion, rules=CERTIFICATE_RULES)[0]


def test_the_first_signature_changes_nothing_and_is_told_without_what_was_found() -> None:
    case, event = ASKED.evaluate(by=FIRST, on=MONDAY, conclusion=FOUND, rules=CERTIFICATE_RULES)

    assert (case.stage, case.conclusion, case.done) == (ASKED.stage, None, ASKED.done)
    assert case.signed == ConclusionSigned(conclusion=FOUND, by=(DOCTORS[0],))
    assert isinstance(event, EvaluationSigned)
    assert set(event.facts()) == {"case_id", "signed_by", "institution_id", "signed_on"}


def test_it_counts_once_both_have_signed_in_whichever_order_they_name_each_other() -> None:
    case = signed(signed(ASKED), a_conclusion(doctors=DOCTORS[::-1]), by=SECOND)

    assert (case.stage, case.signed) == (Stage.EVALUATED, None)


def test_nobody_signs_for_another_or_twice() -> None:
    with pytest.raises(SignatureNotYours):
        signed(ASKED, by=a_doctor(UUID(int=0x99)))
    with pytest.raises(SecondWordMissing):
        signed(signed(ASKED))


def test_whoever_has_found_otherwise_has_signed_that_alone() -> None:
    other = a_conclusion(grade=Grade.FOURTH)

    case = signed(signed(ASKED), other, by=SECOND)

    assert case.signed == ConclusionSigned(conclusion=other, by=(DOCTORS[1],))
    assert signed(case, other).stage is Stage.EVALUATED


def test_signatures_end_with_who_was_asked() -> None:
    again = assigned(declined(signed(ASKED), doctors=(DOCTORS[0],), by=FIRST))

    assert again.signed is None
