"""A signed assessment: what was asked and answered, what it came to, by whom, how and what for."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.assessment.events import AssessmentCorrected, AssessmentSigned
from app.domain.assessment.instrument import Instrument, Method, Purpose, Words
from app.domain.assessment.scoring import Answers, Result, score
from app.domain.shared.access import Principal, has_function, organisation_of
from app.domain.shared.errors import Conflict, DutiesNotSeparated, Unprocessable
from app.domain.shared.span import months_after
from app.domain.shared.transitions import NotYourFunction


class InstrumentNotSuitable(Unprocessable):
    """The instrument does not serve this purpose, by this method, or on this day."""

    code = "instrument_not_suitable"
    title = "The instrument is not for this"


class AssessmentDateImpossible(Unprocessable):
    """The assessment is dated in the future."""

    code = "assessment_date_impossible"
    title = "The date of the assessment is not possible"


class AnotherInstrument(Conflict):
    """A correction uses another instrument, or another version, than what it corrects."""

    code = "another_instrument"
    title = "A correction keeps the instrument"


class CorrectedBefore(Conflict):
    """A later assessment took the place of this one already."""

    code = "corrected_before"
    title = "It was corrected before"


class AnewReason(StrEnum):
    """Why somebody is assessed again although what is held still counts."""

    CONDITION_CHANGED = "condition_changed"
    """情况变化: the person is better or worse."""
    PERSON_ASKS = "person_asks"
    """本人要求: the person wants it."""


class CorrectionReason(StrEnum):
    """Why a signed assessment is corrected."""

    MISRECORDED = "misrecorded"
    """记录错误: an answer was entered wrongly."""
    MISUNDERSTOOD = "misunderstood"
    """理解有误: a question was not understood as it is meant."""
    ANSWERED_LATER = "answered_later"
    """后续补答: what had no answer has one now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Whom, when, how and what for: the circumstances of an assessment."""

    person_id: UUID
    region: str
    assessed_on: date
    method: Method
    purpose: Purpose
    application_id: UUID | None = None
    anew: AnewReason | None = None
    """Why it is made although what is held still counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A signed assessment (评估). It never changes; a correction is a new one that names the old.

    Source: 残疾预防和残疾人康复条例 art. 21: assess before making an individual plan.
    """

    id: UUID
    person_id: UUID
    region: str
    instrument: str
    instrument_version: str
    answers: Answers = field(repr=False)
    result: Result = field(repr=False)
    assessor_id: UUID
    organisation_id: UUID | None
    assessed_on: date
    method: Method
    purpose: Purpose
    signed_at: datetime
    valid_until: date | None
    """The last day on which it may be relied on; None for what does not change."""
    application_id: UUID | None = None
    anew: AnewReason | None = None
    corrects: UUID | None = None
    correction_reason: CorrectionReason | None = None
    version: int = 1

    @classmethod
    def sign(
        cls,
        occasion: Occasion,
        answers: Answers,
        *,
        assessment_id: UUID,
        instrument: Instrument,
        by: Principal,
        at: datetime,
        on: date,
    ) -> tuple[Self, AssessmentSigned]:
        """Score the answers and sign them, at an instant that falls on a legal day.

        Raises:
            NotYourFunction: the instrument is not for the caller's role in this place.
            DutiesNotSeparated: the caller would assess the own person.
            AssessmentDateImpossible: it is dated after the day on which it is signed.
            InstrumentNotSuitable: the instrument does not serve the purpose, the method or the day.
        """
        _require_assessor(by, instrument, occasion)
        if occasion.assessed_on > on:
            raise AssessmentDateImpossible(
                "The assessment is dated in the future. Enter the day it was made.", pointer="/assessed_on"
            )
        _require_suitable(instrument, occasion)
        months = None if answers.all_last else instrument.validity_months
        signed = cls(
            id=assessment_id,
            person_id=occasion.person_id,
            region=occasion.region,
            instrument=instrument.code,
            instrument_version=instrument.version,
            answers=answers,
            result=score(instrument, answers),
            assessor_id=by.id,
            organisation_id=organisation_of(by, instrument.used_by, region=occasion.region),
            assessed_on=occasion.assessed_on,
            method=occasion.method,
            purpose=occasion.purpose,
            signed_at=at,
            valid_until=None if months is None else months_after(occasion.assessed_on, months),
            application_id=occasion.application_id,
            anew=occasion.anew,
        )
        return signed, signed._signed()

    def correct(
        self,
        answers: Answers,
        *,
        reason: CorrectionReason,
        corrected_by: UUID | None,
        assessment_id: UUID,
        instrument: Instrument,
        by: Principal,
        at: datetime,
        on: date,
    ) -> tuple[Self, AssessmentCorrected]:
        """A new assessment of the same occasion that takes the place of this one; this one stays as it was.

        Raises:
            CorrectedBefore: another took its place already.
            AnotherInstrument: the instrument or its version is not the one that was used.
            NotYourFunction, DutiesNotSeparated: as for signing.
        """
        if corrected_by is not None:
            raise CorrectedBefore(f"Assessment {corrected_by} took its place. Correct that one.")
        if (instrument.code, instrument.version) != (self.instrument, self.instrument_version):
            raise AnotherInstrument(
                f"This assessment was made with {self.instrument} version {self.instrument_version}. "
                "Correct it with the same, or make a new assessment."
            )
        corrected, _ = self.sign(
            self.occasion, answers, assessment_id=assessment_id, instrument=instrument, by=by, at=at, on=on
        )
        corrected = replace(corrected, corrects=self.id, correction_reason=reason)
        return corrected, AssessmentCorrected(
            assessment_id=assessment_id, corrects=self.id, assessed_by=by.id, corrected_on=on
        )

    @property
    def occasion(self) -> Occasion:
        """Whom, when, how and what for."""
        return Occasion(
            person_id=self.person_id,
            region=self.region,
            assessed_on=self.assessed_on,
            method=self.method,
            purpose=self.purpose,
            application_id=self.application_id,
            anew=self.anew,
        )

    def is_valid_on(self, on: date) -> bool:
        """Say whether it may be relied on, so that nobody asks the person again."""
        return self.assessed_on <= on and (self.valid_until is None or on <= self.valid_until)

    def _signed(self) -> AssessmentSigned:
        return AssessmentSigned(
            assessment_id=self.id,
            instrument=self.instrument,
            instrument_version=self.instrument_version,
            purpose=self.purpose,
            assessed_by=self.assessor_id,
            assessed_on=self.assessed_on,
        )


def _require_assessor(by: Principal, instrument: Instrument, occasion: Occasion) -> None:
    if not has_function(by, instrument.used_by, region=occasion.region):
        roles = ", ".join(sorted(instrument.used_by))
        raise NotYourFunction(
            f"Only these may assess with {instrument.code}, each in their own area: {roles}. Ask one of them.",
            roles=roles,
        )
    if by.is_concerned(occasion.person_id):
        raise DutiesNotSeparated("Nobody assesses themselves. Another assessor must.")


def _require_suitable(instrument: Instrument, occasion: Occasion) -> None:
    if occasion.purpose not in instrument.purposes:
        purposes = ", ".join(sorted(instrument.purposes))
        raise InstrumentNotSuitable(
            f"The instrument {instrument.code} serves {purposes} only. Choose another.", pointer="/purpose"
        )
    if occasion.method not in instrument.methods:
        methods = ", ".join(sorted(instrument.methods))
        raise InstrumentNotSuitable(
            f"The instrument {instrument.code} is used by {methods} only. Choose another.", pointer="/method"
        )
    if instrument.words is Words.LICENSED:
        raise InstrumentNotSuitable(
            f"The words of {instrument.code} are not loaded here, because they need a licence. Choose another.",
            pointer="/instrument",
        )
    if not instrument.is_in_use(occasion.assessed_on):
        raise InstrumentNotSuitable(
            f"Version {instrument.version} of {instrument.code} was not in use on that day. Choose another version.",
            pointer="/instrument_version",
        )
