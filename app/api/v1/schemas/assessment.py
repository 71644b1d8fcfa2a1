"""Assessments as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.instrument import MAX_ITEMS
from app.api.v1.schemas.need import AnswerRead, NeedRead, answers_read
from app.api.v1.schemas.scheme import Points
from app.api.v1.schemas.types import Code, Input, LegalDate, Output, Version
from app.api.v1.schemas.wording import CodedRead, SentenceRead, Text
from app.domain.assessment import (
    AnewReason,
    Answer,
    CorrectionReason,
    Instrument,
    Method,
    Purpose,
    Result,
)
from app.domain.shared.region import code_of
from app.services.assessment import Assessed, Report, Rewritten

Answered = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")]
Several = Annotated[list[Answered], Field(min_length=1, max_length=50)]


class AssessmentCreate(Input):
    """What an assessor brings home. The service scores; nobody types a score."""

    person_id: UUID
    instrument: Annotated[Code, Field(description="Code of the instrument; its version in use on the day is taken.")]
    method: Method
    purpose: Purpose
    answers: Annotated[
        dict[Code, Answered | Several],
        Field(
            max_length=MAX_ITEMS,
            description="By item: an answer, a list where it takes several, or `skipped`, `refused`, `unknown`.",
        ),
    ]
    assessed_on: Annotated[LegalDate | None, Field(description="The day it was made; today unless given.")] = None
    application_id: Annotated[UUID | None, Field(description="The person's application that it belongs to.")] = None
    permanent: Annotated[
        tuple[Code, ...], Field(max_length=MAX_ITEMS, description="Items whose answers rest on what does not change.")
    ] = ()
    anew: Annotated[
        AnewReason | None,
        Field(description="Why the person is assessed again although what is held still counts; a review needs none."),
    ] = None

    def to_report(self) -> Report:
        """The report in the words of the use case."""
        return Report(
            person_id=self.person_id,
            instrument=self.instrument,
            method=self.method,
            purpose=self.purpose,
            answers=_given(self.answers),
            assessed_on=self.assessed_on,
            application_id=self.application_id,
            permanent=self.permanent,
            anew=self.anew,
        )


class AssessmentCorrectionCreate(Input):
    """What was answered in truth. A signed assessment stays; this becomes a new one of the same occasion."""

    reason: CorrectionReason
    answers: Annotated[
        dict[Code, Answered | Several], Field(max_length=MAX_ITEMS, description="All answers, as for a new assessment.")
    ]
    permanent: Annotated[
        tuple[Code, ...], Field(max_length=MAX_ITEMS, description="Items whose answers rest on what does not change.")
    ] = ()

    def to_rewritten(self) -> Rewritten:
        """The correction in the words of the use case."""
        return Rewritten(answers=_given(self.answers), reason=self.reason, permanent=self.permanent)


class FoundBandRead(CodedRead):
    """The band of a result in one scheme."""

    scheme: Annotated[str, Field(max_length=64)]


class ResultRead(Output):
    """What the answers come to. It is evidence, not a verdict."""

    score: Annotated[
        Points | None, Field(description="Null while an answer is missing, and where there is no score of the whole.")
    ]
    lowest: Annotated[Points, Field(description="The least that it can be, whatever the missing answers are.")]
    highest: Annotated[Points, Field(description="The most that it can be.")]
    bands: Annotated[list[FoundBandRead], Field(max_length=20, description="Those that are certain.")]
    heads: Annotated[dict[str, int | None], Field(description="The score of each head.")]
    filled_hundredths: Annotated[
        int | None,
        Field(
            ge=0,
            le=1_000_000,
            description="The score in hundredths with missing answers put in by the manual's rule, where it has one.",
        ),
    ]
    missing: Annotated[list[str], Field(max_length=MAX_ITEMS, description="Items without an answer.")]
    explanation: Annotated[list[SentenceRead], Field(max_length=50)]

    @classmethod
    def of(cls, result: Result, instrument: Instrument, told: Teller) -> Self:
        """The result, read by its instrument."""
        names = {
            (reading.code, band.code): told.word(band.wording)
            for reading in instrument.readings
            for band in reading.bands
        }
        schemes = {reading.code: told.word(reading.name) for reading in instrument.readings}
        return cls(
            score=result.score,
            lowest=result.lowest,
            highest=result.highest,
            bands=[
                FoundBandRead(scheme=scheme, code=band, text=names[scheme, band])
                for scheme, band in result.bands.items()
            ],
            heads=dict(result.heads),
            missing=list(result.missing),
            filled_hundredths=result.filled_hundredths,
            explanation=[
                SentenceRead.of(reason, told, **_words(reason.parameters, names=names, schemes=schemes))
                for reason in result.explanation
            ],
        )


class AssessmentRead(Output):
    """A signed assessment. It never changes; a correction is a new one that names the old."""

    id: UUID
    person_id: UUID
    application_id: UUID | None
    region_code: Annotated[str, Field(max_length=12)]
    instrument: Annotated[str, Field(max_length=64)]
    instrument_version: Annotated[str, Field(max_length=32)]
    instrument_text: Text
    method: Method
    purpose: Purpose
    assessed_on: date
    signed_at: datetime
    valid_until: Annotated[date | None, Field(description="The last day on which it may be relied on.")]
    assessor_id: Annotated[UUID, Field(description="Account of whoever signed.")]
    organisation_id: UUID | None
    answers: Annotated[
        dict[str, AnswerRead],
        Field(description="By item; `not_asked` where there was nothing to ask after the answer to another item."),
    ]
    permanent: Annotated[
        list[str], Field(max_length=MAX_ITEMS, description="Items whose answers rest on what does not change.")
    ]
    taken_over: Annotated[
        dict[str, UUID], Field(description="Items that were not asked, each with the assessment that holds its answer.")
    ]
    anew: Annotated[AnewReason | None, Field(description="Why it was made although what is held still counted.")]
    result: ResultRead
    corrects: Annotated[UUID | None, Field(description="The assessment whose place this one takes.")]
    corrected_by: Annotated[UUID | None, Field(description="The assessment that took the place of this one.")]
    correction_reason: CorrectionReason | None
    needs: Annotated[list[NeedRead], Field(max_length=100, description="What rules found in it, as it stands now.")]
    version: Version

    @classmethod
    def of(cls, assessed: Assessed, told: Teller) -> Self:
        """The assessment as one caller sees it."""
        own = assessed.assessment
        return cls(
            id=own.id,
            person_id=own.person_id,
            application_id=own.application_id,
            region_code=code_of(own.region),
            instrument=own.instrument,
            instrument_version=own.instrument_version,
            instrument_text=told.word(assessed.instrument.name),
            method=own.method,
            purpose=own.purpose,
            assessed_on=own.assessed_on,
            signed_at=own.signed_at,
            valid_until=own.valid_until,
            assessor_id=own.assessor_id,
            organisation_id=own.organisation_id,
            answers=answers_read(own.answers.given),
            result=ResultRead.of(own.result, assessed.instrument, told),
            permanent=list(own.answers.permanent),
            taken_over=dict(own.answers.taken_over),
            anew=own.anew,
            corrects=own.corrects,
            corrected_by=assessed.corrected_by,
            correction_reason=own.correction_reason,
            needs=[NeedRead.of(need, told) for need in assessed.needs],
            version=own.version,
        )


def _given(answers: dict[str, str | list[str]]) -> dict[str, Answer]:
    return {code: answer if isinstance(answer, str) else tuple(answer) for code, answer in answers.items()}


def _words(parameters: object, *, names: dict[tuple[str, str], str], schemes: dict[str, str]) -> dict[str, object]:
    """The names that the instrument itself gives to the parameters of an explanation."""
    match parameters:
        case {"scheme": str(scheme), "band": str(band)}:
            return {"scheme": schemes[scheme], "band": names[scheme, band]}
        case {"scheme": str(scheme)}:
            return {"scheme": schemes[scheme]}
    return {}
