"""Instruments and assessments as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.need import NeedRead
from app.api.v1.schemas.types import Code, Input, LegalDate, Output, Version
from app.api.v1.schemas.wording import CodedRead, SentenceRead, Text
from app.domain.assessment import CorrectionReason, Instrument, Item, Method, Purpose, Result
from app.domain.shared.access import Role
from app.domain.shared.region import code_of
from app.services.assessment import Assessed, Report

MAX_ITEMS = 200
Answer = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")]
Points = Annotated[int, Field(ge=-10_000, le=10_000)]


class OptionRead(CodedRead):
    """One of the answers to an item, and what it is worth."""

    points: Points


class QuestionRead(CodedRead):
    """One question with its answers."""

    head: Annotated[str | None, Field(max_length=64, description="Items of one head are also scored by themselves.")]
    options: Annotated[list[OptionRead], Field(max_length=50)]

    @classmethod
    def of(cls, item: Item, told: Teller) -> Self:
        """The item as it travels."""
        options = [OptionRead(code=one.code, text=told.word(one.wording), points=one.points) for one in item.options]
        return cls(code=item.code, text=told.word(item.wording), head=item.head, options=options)


class BandRead(CodedRead):
    """A range of scores that goes by a name."""

    at_least: Points


class BandSchemeRead(Output):
    """One way to cut the scores into bands, from the lowest to the highest."""

    code: Annotated[str, Field(max_length=64)]
    source: Annotated[str, Field(max_length=500)]
    bands: Annotated[list[BandRead], Field(max_length=20)]


class InstrumentSummary(CodedRead):
    """One version of an instrument of assessment."""

    version: Annotated[str, Field(max_length=32)]
    citation: Annotated[str, Field(max_length=500)]
    licence: Annotated[str, Field(max_length=500)]
    used_by: Annotated[list[Role], Field(max_length=20)]
    methods: Annotated[list[Method], Field(max_length=10)]
    purposes: Annotated[list[Purpose], Field(max_length=10)]
    valid_from: date
    valid_to: Annotated[date | None, Field(description="The last day on which one may assess with it.")]
    validity_months: Annotated[int | None, Field(ge=1, le=1200, description="How long a result may be relied on.")]
    lowest: Annotated[Points, Field(description="The lowest score there can be.")]
    highest: Annotated[Points, Field(description="The highest score there can be.")]

    @classmethod
    def of(cls, instrument: Instrument, told: Teller) -> Self:
        """The instrument as a line."""
        return cls(
            code=instrument.code,
            text=told.word(instrument.name),
            version=instrument.version,
            citation=instrument.citation,
            licence=instrument.licence,
            used_by=sorted(instrument.used_by),
            methods=sorted(instrument.methods),
            purposes=sorted(instrument.purposes),
            valid_from=instrument.valid_from,
            valid_to=instrument.valid_to,
            validity_months=instrument.validity_months,
            lowest=instrument.lowest,
            highest=instrument.highest,
        )


class InstrumentRead(InstrumentSummary):
    """An instrument whole: its questions, what the answers are worth, and its bands."""

    items: Annotated[list[QuestionRead], Field(max_length=MAX_ITEMS)]
    schemes: Annotated[list[BandSchemeRead], Field(max_length=20)]

    @classmethod
    def of_whole(cls, instrument: Instrument, told: Teller) -> Self:
        """The instrument with its questions."""
        schemes = [
            BandSchemeRead(
                code=scheme.code,
                source=scheme.source,
                bands=[
                    BandRead(code=band.code, text=told.word(band.wording), at_least=band.at_least)
                    for band in scheme.bands
                ],
            )
            for scheme in instrument.schemes
        ]
        items = [QuestionRead.of(item, told) for item in instrument.items]
        return cls(**vars(InstrumentSummary.of(instrument, told)), items=items, schemes=schemes)


class InstrumentsRead(Output):
    """All instruments in all their versions."""

    items: Annotated[list[InstrumentSummary], Field(max_length=100)]


class AssessmentCreate(Input):
    """What an assessor brings home. The service scores; nobody types a score."""

    person_id: UUID
    instrument: Annotated[Code, Field(description="Code of the instrument; its version in use on the day is taken.")]
    method: Method
    purpose: Purpose
    answers: Annotated[
        dict[Code, Answer],
        Field(max_length=MAX_ITEMS, description="By item: one of its answers, or `skipped`, `refused`, `unknown`."),
    ]
    assessed_on: Annotated[LegalDate | None, Field(description="The day it was made; today unless given.")] = None
    application_id: Annotated[UUID | None, Field(description="The person's application that it belongs to.")] = None

    def to_report(self) -> Report:
        """The report in the words of the use case."""
        return Report(
            person_id=self.person_id,
            instrument=self.instrument,
            method=self.method,
            purpose=self.purpose,
            answers=self.answers,
            assessed_on=self.assessed_on,
            application_id=self.application_id,
        )


class FoundBandRead(CodedRead):
    """The band of a result in one scheme."""

    scheme: Annotated[str, Field(max_length=64)]


class ResultRead(Output):
    """What the answers come to. It is evidence, not a verdict."""

    score: Annotated[Points | None, Field(description="Null while an answer is missing.")]
    lowest: Annotated[Points, Field(description="The least that it can be, whatever the missing answers are.")]
    highest: Annotated[Points, Field(description="The most that it can be.")]
    bands: Annotated[list[FoundBandRead], Field(max_length=20, description="Those that are certain.")]
    heads: Annotated[dict[str, int | None], Field(description="The score of each head.")]
    missing: Annotated[list[str], Field(max_length=MAX_ITEMS, description="Items without an answer.")]
    explanation: Annotated[list[SentenceRead], Field(max_length=50)]

    @classmethod
    def of(cls, result: Result, instrument: Instrument, told: Teller) -> Self:
        """The result, read by its instrument."""
        names = {
            (scheme.code, band.code): told.word(band.wording) for scheme in instrument.schemes for band in scheme.bands
        }
        items = {item.code: told.word(item.wording) for item in instrument.items}
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
            explanation=[
                SentenceRead.of(reason, told, **_words(reason.parameters, names=names, items=items))
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
    answers: Annotated[dict[str, str], Field(description="By item.")]
    result: ResultRead
    corrects: UUID | None
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
            answers={item.code: own.answers.given[item.code] for item in assessed.instrument.items},
            result=ResultRead.of(own.result, assessed.instrument, told),
            corrects=own.corrects,
            correction_reason=own.correction_reason,
            needs=[NeedRead.of(need, told) for need in assessed.needs],
            version=own.version,
        )


def _words(parameters: object, *, names: dict[tuple[str, str], str], items: dict[str, str]) -> dict[str, object]:
    """The names that the instrument itself gives to the parameters of an explanation."""
    match parameters:
        case {"scheme": str(scheme), "band": str(band)}:
            return {"band": names[scheme, band]}
        case {"items": tuple(missing) | list(missing)}:
            return {"items": tuple(items.get(code, code) for code in missing)}
    return {}
