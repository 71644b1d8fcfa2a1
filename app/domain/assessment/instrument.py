"""An instrument of assessment as a document: its questions, what the answers are worth, and for what it may be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from app.domain.assessment.scheme import BandScheme, CutOff, MalformedInstrument, Matrix
from app.domain.shared.access import Role
from app.domain.shared.wording import Wording


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
    HEADS = "heads"
    """The points of each head are added up, and the heads not with one another."""
    NONE = "none"
    """Nothing is added up: the answers stand for themselves, or cut-offs count them."""


class MissingRule(StrEnum):
    """What becomes of a result when answers are missing. A score that is put in for them stands beside the range."""

    NO_BAND = "no_band"
    """There is no band until every item is answered."""
    CERTAIN_BAND = "certain_band"
    """A band is given as soon as no answer to the missing items could change it."""
    MEAN_OF_OTHERS = "mean_of_others"
    """As `certain_band`; and up to `fills_at_most` missing answers count as the mean of the others in a score apart."""


class Silence(StrEnum):
    """Why an item has no answer. That is a value too: a refusal is the person's right, and is not asked about again."""

    SKIPPED = "skipped"
    """未答"""
    REFUSED = "refused"
    """拒绝回答"""
    UNKNOWN = "unknown"
    """不清楚"""
    NOT_ASKED = "not_asked"
    """不适用: after the answer to another item there is nothing to ask. The service finds it; nothing is missing."""


class Words(StrEnum):
    """By what right the words of the items stand in the document."""

    SHIPPED = "shipped"
    """They come with the product."""
    LICENSED = "licensed"
    """Whoever runs it needs a licence, and loads them; until then nobody is assessed with it."""
    LOADED = "loaded"
    """They were loaded by the holder of a licence."""


Answer: TypeAlias = str | tuple[str, ...]
"""One answer by its code, several where an item takes several, or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the answers to an item, and what it is worth."""

    code: str
    points: int
    wording: Wording
    stands_alone: bool = False
    """Whether it cannot be given beside others, as 'none of these' cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. A `head` gathers the items that are also scored by themselves."""

    code: str
    wording: Wording
    options: tuple[Option, ...]
    head: str | None = None
    weight: int = 1
    """How many times its points count."""
    takes_several: bool = False
    """Whether more than one of the answers may be given; their points are added up."""
    only_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Asked only where an earlier item has one of these answers."""

    @property
    def lowest(self) -> int:
        """The least that an answer is worth."""
        return self.weight * min(option.points for option in self.options)

    @property
    def highest(self) -> int:
        """The most that an answer is worth."""
        points = [option.points for option in self.options]
        return self.weight * (sum(worth for worth in points if worth > 0) if self.takes_several else max(points))

    def points_of(self, answer: Answer) -> int | None:
        """What an answer is worth, or several together; None where there is none."""
        worths = [option.points for option in self.options if option.code in chosen_of(answer)]
        return self.weight * sum(worths) if worths else None

    def takes(self, answers: tuple[str, ...]) -> bool:
        """Say whether these answers may be given together."""
        alone = {option.code for option in self.options if option.stands_alone}
        fits = self.takes_several and 0 < len(answers) == len(set(answers))
        return fits and not (len(answers) > 1 and alone & set(answers))

    def is_asked(self, given: Mapping[str, Answer]) -> bool:
        """Say whether there is anything to ask, after the answers to the items before."""
        return all(set(choices) & set(chosen_of(given.get(item, ""))) for item, choices in self.only_if.items())


def chosen_of(answer: Answer) -> tuple[str, ...]:
    """The answers to an item, one or several, in the same form."""
    return (answer,) if isinstance(answer, str) else answer


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
    missing: MissingRule
    used_by: frozenset[Role]
    methods: frozenset[Method]
    purposes: frozenset[Purpose]
    valid_from: date
    valid_to: date | None = None
    """The last day on which an assessment may be made with this version."""
    validity_months: int | None = None
    """How long a result may be relied on; None for what does not change."""
    schemes: tuple[BandScheme, ...] = ()
    cut_offs: tuple[CutOff, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    fills_at_most: int = 0
    """So many missing answers may count as the mean of the others."""
    words: Words = Words.SHIPPED
    instruction: Wording | None = None
    """What an assessor keeps to."""

    def __post_init__(self) -> None:
        """Refuse a document that does not hang together."""
        _require_distinct("items", tuple(item.code for item in self.items))
        if self.readings:
            _require_distinct("schemes", tuple(reading.code for reading in self.readings))
        for place, item in enumerate(self.items):
            _require_choice(item)
            self._require_order(item, earlier=self.items[:place])
        for scheme in self.schemes:
            self._require_cover(scheme)
        if (self.fills_at_most > 0) != (self.missing is MissingRule.MEAN_OF_OTHERS):
            raise MalformedInstrument("Missing answers are filled by their mean, and then it is said how many at most.")

    @property
    def readings(self) -> tuple[BandScheme | CutOff | Matrix, ...]:
        """All ways to read the answers."""
        return (*self.schemes, *self.cut_offs, *self.matrices)

    @property
    def lowest(self) -> int:
        """The lowest score there can be; zero where there is no score of the whole."""
        return self.span_of(None)[0] if self.scoring is Scoring.SUM else 0

    @property
    def highest(self) -> int:
        """The highest score there can be; zero where there is no score of the whole."""
        return self.span_of(None)[1] if self.scoring is Scoring.SUM else 0

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads that are scored by themselves, in the order of the items."""
        return tuple(dict.fromkeys(item.head for item in self.items if item.head is not None))

    def is_in_use(self, on: date) -> bool:
        """Say whether an assessment may be made with this version on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def span_of(self, head: str | None) -> tuple[int, int]:
        """The lowest and the highest score of a head, or of the whole."""
        items = [item for item in self.items if head in {None, item.head}]
        return sum(item.lowest for item in items), sum(item.highest for item in items)

    def _scored(self) -> tuple[str | None, ...]:
        """The heads that have a score; None stands for the whole."""
        by_head = () if self.scoring is Scoring.NONE else self.heads
        return (None, *by_head) if self.scoring is Scoring.SUM else by_head

    def _require_cover(self, scheme: BandScheme) -> None:
        _require_distinct(f"bands of {scheme.code}", tuple(band.code for band in scheme.bands))
        if scheme.head not in self._scored():
            raise MalformedInstrument(f"The bands of {scheme.code} cut a score that there is not.")
        starts, (lowest, highest) = [band.at_least for band in scheme.bands], self.span_of(scheme.head)
        if starts != sorted(set(starts)) or starts[0] != lowest or starts[-1] > highest:
            raise MalformedInstrument(
                f"The bands of {scheme.code} must rise from {lowest} and begin at {highest} at the latest."
            )

    def _require_order(self, item: Item, *, earlier: tuple[Item, ...]) -> None:
        answers = {one.code: {option.code for option in one.options} for one in earlier}
        if any(not set(choices) <= answers.get(code, set()) for code, choices in item.only_if.items()):
            raise MalformedInstrument(f"The item {item.code} waits for an answer that no earlier item has.")
        if item.only_if and self.scoring is not Scoring.NONE:
            raise MalformedInstrument(f"The item {item.code} is not always asked, so nothing can be added up.")


def _require_distinct(what: str, codes: tuple[str, ...]) -> None:
    if not codes or len(set(codes)) < len(codes):
        raise MalformedInstrument(f"The {what} are missing, or two of them have one code.")


def _require_choice(item: Item) -> None:
    codes = [option.code for option in item.options]
    if len(set(codes)) < len(codes) or len(codes) < 2 or set(codes) & set(Silence):  # noqa: PLR2004 - a choice is of two
        raise MalformedInstrument(
            f"The item {item.code} needs two answers or more, none of them called as a silence is."
        )
    if item.weight < 1:
        raise MalformedInstrument(f"The item {item.code} weighs nothing.")
