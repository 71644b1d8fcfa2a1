"""An instrument of assessment as a document: its questions, what the answers are worth, and for what it may be used."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.shared.access import Role
from app.domain.shared.wording import Wording


class MalformedInstrument(ValueError):
    """The document of an instrument does not hang together: a mistake in the data, found when it is read."""


class Purpose(StrEnum):
    """What an assessment is made for; it serves that purpose and no other. Source: 个人信息保护法 (2021) art. 6."""

    NEEDS = "needs"
    """服务需求评估: to find out which services the person needs."""
    BENEFIT = "benefit"
    """待遇核定: as evidence for a benefit."""
    REVIEW = "review"
    """方案复评: to see whether a plan has helped."""
    EDUCATION = "education"
    """入学评估. Source: 残疾人教育条例 art. 20: for education and rehabilitation alone."""


class Method(StrEnum):
    """How an assessment is made."""

    HOME_VISIT = "home_visit"
    """入户"""
    FACILITY = "facility"
    """机构"""
    PHONE = "phone"
    """电话"""


class Scoring(StrEnum):
    """How answers become a score."""

    SUM = "sum"
    """The points of all answers are added up, in all and for each head."""


class MissingRule(StrEnum):
    """What becomes of a result when answers are missing. Nothing is ever put in for them."""

    NO_BAND = "no_band"
    """There is no band until every item is answered."""
    CERTAIN_BAND = "certain_band"
    """A band is given as soon as no answer to the missing items could change it."""


class Silence(StrEnum):
    """Why an item has no answer. That is a value too: a refusal is the person's right, and is not asked about again."""

    SKIPPED = "skipped"
    """未答"""
    REFUSED = "refused"
    """拒绝回答"""
    UNKNOWN = "unknown"
    """不清楚"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the answers to an item, and what it is worth."""

    code: str
    points: int
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. A `head` gathers the items that are also scored by themselves."""

    code: str
    wording: Wording
    options: tuple[Option, ...]
    head: str | None = None

    @property
    def lowest(self) -> int:
        """The least that an answer is worth."""
        return min(option.points for option in self.options)

    @property
    def highest(self) -> int:
        """The most that an answer is worth."""
        return max(option.points for option in self.options)

    def points_of(self, answer: str) -> int | None:
        """What an answer is worth; None where there is none."""
        return next((option.points for option in self.options if option.code == answer), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of scores that goes by a name: from `at_least` up to where the next band begins."""

    code: str
    at_least: int
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class BandScheme:
    """One way to cut the scores into bands. Instruments have several in use, so a band is read with its scheme."""

    code: str
    source: str
    bands: tuple[Band, ...]
    """From the lowest score to the highest."""

    def band_of(self, score: int) -> Band:
        """The band of a score; a score below all bands cannot occur, because the lowest begins at the lowest score."""
        return next(band for band in reversed(self.bands) if score >= band.at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One version of an instrument (评估工具). What was assessed with a version is read with that version for ever.

    Raises:
        MalformedInstrument: codes repeat, an item offers no choice, or the bands do not cover the scores.
    """

    code: str
    version: str
    name: Wording
    citation: str
    licence: str
    items: tuple[Item, ...]
    scoring: Scoring
    schemes: tuple[BandScheme, ...]
    missing: MissingRule
    used_by: frozenset[Role]
    methods: frozenset[Method]
    purposes: frozenset[Purpose]
    valid_from: date
    valid_to: date | None = None
    """The last day on which an assessment may be made with this version."""
    validity_months: int | None = None
    """How long a result may be relied on; None for what does not change."""

    def __post_init__(self) -> None:
        """Refuse a document that does not hang together."""
        _require_distinct("items", tuple(item.code for item in self.items))
        _require_distinct("schemes", tuple(scheme.code for scheme in self.schemes))
        for item in self.items:
            _require_choice(item)
        for scheme in self.schemes:
            self._require_cover(scheme)

    @property
    def lowest(self) -> int:
        """The lowest score there can be."""
        return sum(item.lowest for item in self.items)

    @property
    def highest(self) -> int:
        """The highest score there can be."""
        return sum(item.highest for item in self.items)

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads that are scored by themselves, in the order of the items."""
        return tuple(dict.fromkeys(item.head for item in self.items if item.head is not None))

    def is_in_use(self, on: date) -> bool:
        """Say whether an assessment may be made with this version on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def _require_cover(self, scheme: BandScheme) -> None:
        _require_distinct(f"bands of {scheme.code}", tuple(band.code for band in scheme.bands))
        starts = [band.at_least for band in scheme.bands]
        if not starts or starts != sorted(set(starts)) or starts[0] != self.lowest or starts[-1] > self.highest:
            raise MalformedInstrument(
                f"The bands of {scheme.code} must rise from {self.lowest} and begin at {self.highest} at the latest."
            )


def _require_distinct(what: str, codes: tuple[str, ...]) -> None:
    if not codes or len(set(codes)) < len(codes):
        raise MalformedInstrument(f"The {what} are missing, or two of them have one code.")


def _require_choice(item: Item) -> None:
    codes = [option.code for option in item.options]
    if len(set(codes)) < len(codes) or len(codes) < 2 or set(codes) & set(Silence):  # noqa: PLR2004 - a choice is of two
        raise MalformedInstrument(
            f"The item {item.code} needs two answers or more, none of them called as a silence is."
        )
