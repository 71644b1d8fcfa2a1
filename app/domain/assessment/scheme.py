"""Ways to read what answers are worth: bands of a score, cut-offs, and levels out of the bands of two heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.shared.provenance import Confidence
from app.domain.shared.wording import Wording


class MalformedInstrument(ValueError):
    """The document of an instrument does not hang together: a mistake in the data, found when it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one full set of answers is worth: each item, each head, and the whole."""

    items: Mapping[str, int]
    heads: Mapping[str, int]

    @property
    def total(self) -> int:
        """The points of all items together."""
        return sum(self.items.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of scores that goes by a name: from `at_least` up to where the next band begins."""

    code: str
    at_least: int
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A finding that goes by a name, such as a level that two heads give together."""

    code: str
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class BandScheme:
    """One way to cut scores into bands. Instruments have several in use, so a band is read with its scheme."""

    code: str
    name: Wording
    source: str
    confidence: Confidence
    bands: tuple[Band, ...]
    """From the lowest score to the highest."""
    head: str | None = None
    """The head whose score is cut; None for the score of the whole."""

    def band_of(self, score: int) -> Band:
        """The band of a score; a score below all bands cannot occur, because the lowest begins at the lowest score."""
        return next(band for band in reversed(self.bands) if score >= band.at_least)

    def read(self, tally: Tally) -> str:
        """The band in which answers lie."""
        return self.band_of(tally.total if self.head is None else tally.heads[self.head]).code

    def place_of(self, tally: Tally) -> int:
        """Which band it is, counted from the lowest."""
        return [band.code for band in self.bands].index(self.read(tally))


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """So many items, each worth at least so much."""

    items: int
    at_least: int

    def is_reached(self, tally: Tally) -> bool:
        """Say whether enough of the items are worth enough."""
        return sum(worth >= self.at_least for worth in tally.items.values()) >= self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """A cut-off (切点): reached as soon as one of its thresholds is. It counts items, and adds nothing up."""

    code: str
    name: Wording
    source: str
    confidence: Confidence
    bands: tuple[Level, ...]
    """Two: that it is not reached, and that it is."""
    thresholds: tuple[Threshold, ...]

    def __post_init__(self) -> None:
        """Refuse a cut-off that nothing reaches, or with more ends than two."""
        if len(self.bands) != 2 or not self.thresholds:  # noqa: PLR2004 - it is reached or not
            raise MalformedInstrument(f"The cut-off {self.code} needs two findings and a threshold.")

    def read(self, tally: Tally) -> str:
        """Whether it is reached."""
        return self.bands[any(threshold.is_reached(tally) for threshold in self.thresholds)].code


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A combination (组合法): the band of one head, and the lower band of some others, give a level together."""

    code: str
    name: Wording
    source: str
    confidence: Confidence
    bands: tuple[Level, ...]
    """The levels, in their order."""
    rows: BandScheme
    columns: tuple[BandScheme, ...]
    """Of these the lower band counts."""
    cells: tuple[tuple[str, ...], ...]
    """The level of each row and column, bands counted from the lowest."""

    def __post_init__(self) -> None:
        """Refuse a table with holes, with a level that is none, or one in which a better band gives a worse level."""
        width = {len(scheme.bands) for scheme in self.columns}
        shape = [len(row) for row in self.cells]
        if len(width) != 1 or shape != [*width] * len(self.rows.bands):
            raise MalformedInstrument(f"The matrix {self.code} needs a level for each row and column.")
        order = [level.code for level in self.bands]
        if unknown := {level for row in self.cells for level in row} - set(order):
            raise MalformedInstrument(f"The matrix {self.code} has no such levels: {', '.join(sorted(unknown))}.")
        ranks = [[order.index(level) for level in row] for row in self.cells]
        if not all(_falls(line) for line in (*ranks, *zip(*ranks, strict=True))):
            raise MalformedInstrument(f"In the matrix {self.code} a higher band gives a higher level.")

    def read(self, tally: Tally) -> str:
        """The level of answers."""
        return self.cells[self.rows.place_of(tally)][min(scheme.place_of(tally) for scheme in self.columns)]


def _falls(line: Sequence[int]) -> bool:
    return all(before >= after for before, after in pairwise(line))
