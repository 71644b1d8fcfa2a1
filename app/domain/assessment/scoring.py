"""From answers to a result. The service scores; nobody types a score."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self, TypeAlias

from app.domain.assessment.instrument import Instrument, Item, MissingRule, Scoring, Silence
from app.domain.shared.errors import Unprocessable
from app.domain.shared.reason import Reason


class AnswerNotInInstrument(Unprocessable):
    """An answer is to an item that the instrument does not have, or is none of the item's answers."""

    code = "answer_not_in_instrument"
    title = "The instrument has no such answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One answer to each item, by codes: an option of the item, or why there is no answer."""

    given: Mapping[str, str] = field(repr=False)

    @classmethod
    def to(cls, instrument: Instrument, given: Mapping[str, str]) -> Self:
        """The answers to an instrument; an item that is not mentioned was skipped.

        Raises:
            AnswerNotInInstrument: the instrument has no such item, or the item no such answer.
        """
        known = {item.code: item for item in instrument.items}
        for code, answer in given.items():
            if code not in known:
                raise AnswerNotInInstrument(
                    f"The instrument {instrument.code} has no such item. Its items are {', '.join(known)}.",
                    pointer="/answers",
                )
            _require_answer(known[code], answer)
        return cls(given={code: given.get(code, Silence.SKIPPED.value) for code in known})


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the answers come to. It is evidence, not a verdict: needs are confirmed by people."""

    score: int | None
    """None while an answer is missing."""
    lowest: int
    """The least that the score can be, whatever the missing answers are."""
    highest: int
    """The most that it can be."""
    bands: Mapping[str, str]
    """The band in each scheme; a scheme is missing where the band is not certain."""
    heads: Mapping[str, int | None]
    """The score of each head; None while one of its answers is missing."""
    missing: tuple[str, ...]
    explanation: tuple[Reason, ...]


Points: TypeAlias = "tuple[tuple[Item, int | None], ...]"

_TOTALS: Mapping[Scoring, Callable[[Iterable[int]], int]] = MappingProxyType({Scoring.SUM: sum})


def score(instrument: Instrument, answers: Answers) -> Result:
    """The result of answers to an instrument, with how it came about.

    Source: the manual that the instrument cites. A missing answer is never guessed: it widens the range of the score.
    """
    total = _TOTALS[instrument.scoring]
    points: Points = tuple((item, item.points_of(answers.given[item.code])) for item in instrument.items)
    missing = tuple(item.code for item, worth in points if worth is None)
    lowest = total(item.lowest if worth is None else worth for item, worth in points)
    highest = total(item.highest if worth is None else worth for item, worth in points)
    bands = _bands(instrument, lowest, highest)
    return Result(
        score=None if missing else lowest,
        lowest=lowest,
        highest=highest,
        bands=bands,
        heads={head: _of_head(head, points, total) for head in instrument.heads},
        missing=missing,
        explanation=tuple(_explanation(instrument, (lowest, highest), missing=missing, bands=bands)),
    )


def _bands(instrument: Instrument, lowest: int, highest: int) -> Mapping[str, str]:
    if lowest < highest and instrument.missing is MissingRule.NO_BAND:
        return {}
    ends = {scheme.code: (scheme.band_of(lowest), scheme.band_of(highest)) for scheme in instrument.schemes}
    return {code: low.code for code, (low, high) in ends.items() if low is high}


def _of_head(head: str, points: Points, total: Callable[[Iterable[int]], int]) -> int | None:
    worths = [worth for item, worth in points if item.head == head]
    known = [worth for worth in worths if worth is not None]
    return total(known) if len(known) == len(worths) else None


def _explanation(
    instrument: Instrument, span: tuple[int, int], *, missing: tuple[str, ...], bands: Mapping[str, str]
) -> Iterator[Reason]:
    lowest, highest = span
    if missing:
        yield Reason(code="assessment.items_missing", parameters={"count": len(missing), "unanswered": missing})
        yield Reason(code="assessment.score_between", parameters={"lowest": lowest, "highest": highest})
    else:
        yield Reason(code="assessment.score", parameters={"score": lowest, "highest": instrument.highest})
    for scheme in instrument.schemes:
        if scheme.code in bands:
            yield Reason(code="assessment.band", parameters={"scheme": scheme.code, "band": bands[scheme.code]})
        else:
            yield Reason(code="assessment.band_open", parameters={"scheme": scheme.code})


def _require_answer(item: Item, answer: str) -> None:
    allowed = (*(option.code for option in item.options), *Silence)
    if answer not in allowed:
        raise AnswerNotInInstrument(
            f"The item {item.code} has no such answer. Choose one of {', '.join(allowed)}.",
            pointer=f"/answers/{item.code}",
        )
