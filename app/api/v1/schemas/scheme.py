"""Ways to read what answers are worth, as they travel."""

from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Output
from app.api.v1.schemas.wording import CodedRead
from app.domain.assessment import BandScheme, CutOff, Level, Matrix
from app.domain.shared.provenance import Confidence

Points = Annotated[int, Field(ge=-10_000, le=10_000)]
SchemeCode = Annotated[str, Field(max_length=64)]
Source = Annotated[str, Field(max_length=500)]


class BandRead(CodedRead):
    """A range of scores that goes by a name."""

    at_least: Points


class LevelRead(CodedRead):
    """A finding that goes by a name."""

    @classmethod
    def of(cls, level: Level, told: Teller) -> Self:
        """The finding as it travels."""
        return cls(code=level.code, text=told.word(level.wording))


class BandSchemeRead(CodedRead):
    """One way to cut scores into bands, from the lowest to the highest."""

    source: Source
    confidence: Confidence
    head: Annotated[str | None, Field(max_length=64, description="The head whose score is cut; null for the whole.")]
    bands: Annotated[list[BandRead], Field(max_length=20)]

    @classmethod
    def of(cls, scheme: BandScheme, told: Teller) -> Self:
        """The scheme as it travels."""
        return cls(
            code=scheme.code,
            text=told.word(scheme.name),
            source=scheme.source,
            confidence=scheme.confidence,
            head=scheme.head,
            bands=[
                BandRead(code=band.code, text=told.word(band.wording), at_least=band.at_least) for band in scheme.bands
            ],
        )


class ThresholdRead(Output):
    """So many items, each worth at least so much."""

    items: Annotated[int, Field(ge=0, le=200)]
    at_least: Points


class CutOffRead(CodedRead):
    """A cut-off: reached as soon as one of its thresholds is. It counts items, and adds nothing up."""

    source: Source
    confidence: Confidence
    bands: Annotated[list[LevelRead], Field(max_length=2, description="That it is not reached, and that it is.")]
    thresholds: Annotated[list[ThresholdRead], Field(max_length=20)]

    @classmethod
    def of(cls, cut_off: CutOff, told: Teller) -> Self:
        """The cut-off as it travels."""
        return cls(
            code=cut_off.code,
            text=told.word(cut_off.name),
            source=cut_off.source,
            confidence=cut_off.confidence,
            bands=[LevelRead.of(level, told) for level in cut_off.bands],
            thresholds=[ThresholdRead(items=one.items, at_least=one.at_least) for one in cut_off.thresholds],
        )


class MatrixRead(CodedRead):
    """The band of one head, and the lower band of some others, give a level together."""

    source: Source
    confidence: Confidence
    levels: Annotated[list[LevelRead], Field(max_length=20)]
    rows: Annotated[SchemeCode, Field(description="The scheme whose bands are the rows, from the lowest.")]
    columns: Annotated[list[SchemeCode], Field(max_length=10, description="Of these schemes the lower band counts.")]
    cells: Annotated[
        list[Annotated[list[SchemeCode], Field(max_length=20)]],
        Field(max_length=20, description="The level of each row and column."),
    ]

    @classmethod
    def of(cls, matrix: Matrix, told: Teller) -> Self:
        """The table as it travels."""
        return cls(
            code=matrix.code,
            text=told.word(matrix.name),
            source=matrix.source,
            confidence=matrix.confidence,
            levels=[LevelRead.of(level, told) for level in matrix.bands],
            rows=matrix.rows.code,
            columns=[scheme.code for scheme in matrix.columns],
            cells=[list(line) for line in matrix.cells],
        )
