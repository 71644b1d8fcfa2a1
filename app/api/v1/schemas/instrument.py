"""Instruments as they travel."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.scheme import BandSchemeRead, CutOffRead, MatrixRead, Points
from app.api.v1.schemas.types import Output
from app.api.v1.schemas.wording import CodedRead, Text
from app.domain.assessment import Instrument, Item, Method, MissingRule, Purpose, Scoring, Words
from app.domain.shared.access import Role

MAX_ITEMS = 200


class OptionRead(CodedRead):
    """One of the answers to an item, and what it is worth."""

    points: Points
    stands_alone: Annotated[bool, Field(description="Whether it cannot be given beside other answers.")]


class QuestionRead(CodedRead):
    """One question with its answers."""

    head: Annotated[str | None, Field(max_length=64, description="Items of one head are also scored by themselves.")]
    weight: Annotated[int, Field(ge=1, le=100, description="How many times the points count.")]
    takes_several: Annotated[bool, Field(description="Whether several of the answers may be given, as a list.")]
    only_if: Annotated[
        dict[str, Annotated[list[str], Field(max_length=50)]],
        Field(description="Asked only where these earlier items have one of these answers; leave it out otherwise."),
    ]
    options: Annotated[list[OptionRead], Field(max_length=50)]

    @classmethod
    def of(cls, item: Item, told: Teller) -> Self:
        """The item as it travels."""
        return cls(
            code=item.code,
            text=told.word(item.wording),
            head=item.head,
            weight=item.weight,
            takes_several=item.takes_several,
            only_if={code: list(choices) for code, choices in item.only_if.items()},
            options=[
                OptionRead(code=one.code, text=told.word(one.wording), points=one.points, stands_alone=one.stands_alone)
                for one in item.options
            ],
        )


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
    scoring: Scoring
    missing: MissingRule
    words: Annotated[Words, Field(description="Nobody is assessed with an instrument whose words are `licensed`.")]
    instruction: Annotated[Text | None, Field(description="What an assessor keeps to.")]
    lowest: Annotated[
        Points, Field(description="The lowest score there can be; 0 where there is no score of the whole.")
    ]
    highest: Annotated[
        Points, Field(description="The highest score there can be; 0 where there is no score of the whole.")
    ]

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
            scoring=instrument.scoring,
            missing=instrument.missing,
            words=instrument.words,
            instruction=told.word(instrument.instruction) if instrument.instruction else None,
            lowest=instrument.lowest,
            highest=instrument.highest,
        )


class InstrumentRead(InstrumentSummary):
    """An instrument whole: its questions, what the answers are worth, and its bands."""

    items: Annotated[list[QuestionRead], Field(max_length=MAX_ITEMS)]
    schemes: Annotated[list[BandSchemeRead], Field(max_length=20)]
    cut_offs: Annotated[list[CutOffRead], Field(max_length=20)]
    matrices: Annotated[list[MatrixRead], Field(max_length=20)]

    @classmethod
    def of_whole(cls, instrument: Instrument, told: Teller) -> Self:
        """The instrument with its questions."""
        return cls(
            **vars(InstrumentSummary.of(instrument, told)),
            items=[QuestionRead.of(item, told) for item in instrument.items],
            schemes=[BandSchemeRead.of(scheme, told) for scheme in instrument.schemes],
            cut_offs=[CutOffRead.of(cut_off, told) for cut_off in instrument.cut_offs],
            matrices=[MatrixRead.of(matrix, told) for matrix in instrument.matrices],
        )


class InstrumentsRead(Output):
    """All instruments in all their versions."""

    items: Annotated[list[InstrumentSummary], Field(max_length=100)]
