"""From answers to a result. The service scores; nobody types a score."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from app.domain.assessment.instrument import Answer, Instrument, Item, MissingRule, Scoring, Silence, chosen_of
from app.domain.assessment.scheme import Tally
from app.domain.shared.errors import Unprocessable
from app.domain.shared.reason import Reason

HUNDREDTHS = 100
_SAID = (Silence.SKIPPED, Silence.REFUSED, Silence.UNKNOWN)
"""The silences that somebody may report; that an item was not asked is found by the service."""


class AnswerNotInInstrument(Unprocessable):
    """An answer is to an item that the instrument does not have or ask, or is none of the item's answers."""

    code = "answer_not_in_instrument"
    title = "The instrument has no such answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One answer to each item, by codes: an option of the item, several, or why there is no answer."""

    given: Mapping[str, Answer] = field(repr=False)
    permanent: tuple[str, ...] = field(default=(), repr=False)
    """Items whose answers rest on what does not change, such as an amputation, so that they are not asked again."""
    taken_over: Mapping[str, UUID] = field(default_factory=dict)
    """Items that were not asked, because they are held: the assessments in which their answers stand."""

    @classmethod
    def to(cls, instrument: Instrument, given: Mapping[str, Answer], *, permanent: Iterable[str] = ()) -> Self:
        """The answers to an instrument; an item that is not mentioned was skipped, or there was nothing to ask.

        Raises:
            AnswerNotInInstrument: the instrument has or asks no such item, the item has no such answer, or what has no
                answer is said not to change.
        """
        codes = [item.code for item in instrument.items]
        if set(given) - set(codes):
            raise AnswerNotInInstrument(
                f"The instrument {instrument.code} has no such item. Its items are {', '.join(codes)}.",
                pointer="/answers",
            )
        answers: dict[str, Answer] = {}
        for item in instrument.items:
            answers[item.code] = _answer_to(item, given.get(item.code), earlier=answers)
        lasting = tuple(code for code in codes if code in set(permanent))
        if len(lasting) < len(set(permanent)) or any(answers[code] in set(Silence) for code in lasting):
            raise AnswerNotInInstrument(
                "What is said not to change has no answer. Name items that have one.", pointer="/permanent"
            )
        return cls(given=answers, permanent=lasting)

    @property
    def all_last(self) -> bool:
        """Say whether every answer rests on what does not change."""
        return set(self.permanent) == set(self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the answers come to. It is evidence, not a verdict: needs are confirmed by people."""

    score: int | None
    """None while an answer is missing, and where there is no score of the whole."""
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
    filled_hundredths: int | None = None
    """The score with missing answers put in as the mean of the others, where the manual allows it; in hundredths."""


def score(instrument: Instrument, answers: Answers) -> Result:
    """The result of answers to an instrument, with how it came about.

    Source: the manual that the instrument cites. A missing answer widens the range of the score; where a manual fills
    it, the filled score stands beside that range and takes the place of nothing.
    """
    points = {item.code: item.points_of(answers.given[item.code]) for item in instrument.items}
    missing = tuple(
        code for code, worth in points.items() if worth is None and answers.given[code] != Silence.NOT_ASKED
    )
    least = _tally(instrument, points, {item.code: item.lowest for item in instrument.items})
    most = _tally(instrument, points, {item.code: item.highest for item in instrument.items})
    has_total = instrument.scoring is Scoring.SUM
    lowest, highest = (least.total, most.total) if has_total else (0, 0)
    bands = _bands(instrument, (least, most), missing=missing)
    filled = _filled(instrument, points, missing=missing)
    return Result(
        score=lowest if has_total and not missing else None,
        lowest=lowest,
        highest=highest,
        bands=bands,
        heads=_heads(instrument, least, missing=missing),
        missing=missing,
        explanation=tuple(
            _explanation(instrument, (lowest, highest), missing=missing, bands=bands, filled_hundredths=filled)
        ),
        filled_hundredths=filled,
    )


def _tally(instrument: Instrument, points: Mapping[str, int | None], otherwise: Mapping[str, int]) -> Tally:
    """What the answers are worth where a missing one is worth something."""
    items = {code: otherwise[code] if worth is None else worth for code, worth in points.items()}
    heads = {head: sum(items[item.code] for item in instrument.items if item.head == head) for head in instrument.heads}
    return Tally(items=items, heads=heads)


def _heads(instrument: Instrument, tally: Tally, *, missing: tuple[str, ...]) -> Mapping[str, int | None]:
    if instrument.scoring is Scoring.NONE:
        return {}
    open_heads = {item.head for item in instrument.items if item.code in missing}
    return {head: None if head in open_heads else worth for head, worth in tally.heads.items()}


def _bands(instrument: Instrument, ends: tuple[Tally, Tally], *, missing: tuple[str, ...]) -> Mapping[str, str]:
    if missing and instrument.missing is MissingRule.NO_BAND:
        return {}
    least, most = ends
    found = {reading.code: (reading.read(least), reading.read(most)) for reading in instrument.readings}
    return {code: low for code, (low, high) in found.items() if low == high}


def _filled(instrument: Instrument, points: Mapping[str, int | None], *, missing: tuple[str, ...]) -> int | None:
    """The sum with the mean of the others for what is missing, rounded half up to a hundredth."""
    known = [worth for worth in points.values() if worth is not None]
    if not 0 < len(missing) <= instrument.fills_at_most or not known:
        return None
    hundredths, rest = divmod(HUNDREDTHS * sum(known) * len(points), len(known))
    return hundredths + (2 * rest >= len(known))


def _explanation(
    instrument: Instrument,
    span: tuple[int, int],
    *,
    missing: tuple[str, ...],
    bands: Mapping[str, str],
    filled_hundredths: int | None,
) -> Iterator[Reason]:
    lowest, highest = span
    if missing:
        yield Reason(code="assessment.items_missing", parameters={"count": len(missing), "unanswered": missing})
    if instrument.scoring is not Scoring.SUM:
        yield Reason(code="assessment.not_added_up")
    elif missing:
        yield Reason(code="assessment.score_between", parameters={"lowest": lowest, "highest": highest})
    else:
        yield Reason(code="assessment.score", parameters={"score": lowest, "highest": instrument.highest})
    if filled_hundredths is not None:
        whole, part = divmod(filled_hundredths, HUNDREDTHS)
        yield Reason(code="assessment.filled", parameters={"score": f"{whole}.{part:02}"})
    for reading in instrument.readings:
        if reading.code in bands:
            yield Reason(code="assessment.band", parameters={"scheme": reading.code, "band": bands[reading.code]})
        else:
            yield Reason(code="assessment.band_open", parameters={"scheme": reading.code})


def _answer_to(item: Item, answer: Answer | None, *, earlier: Mapping[str, Answer]) -> Answer:
    if not item.is_asked(earlier):
        if answer in {None, Silence.NOT_ASKED}:
            return Silence.NOT_ASKED.value
        raise AnswerNotInInstrument(
            f"After the answers before it there is nothing to ask in {item.code}. Leave it out.",
            pointer=f"/answers/{item.code}",
        )
    if answer is None:
        return Silence.SKIPPED.value
    _require_answer(item, answer)
    return answer


def _require_answer(item: Item, answer: Answer) -> None:
    options = [option.code for option in item.options]
    allowed = options if not isinstance(answer, str) else [*options, *_SAID]
    if not set(chosen_of(answer)) <= set(allowed):
        raise AnswerNotInInstrument(
            f"The item {item.code} has no such answer. Choose one of {', '.join(allowed)}.",
            pointer=f"/answers/{item.code}",
        )
    if not isinstance(answer, str) and not item.takes(answer):
        raise AnswerNotInInstrument(
            f"The item {item.code} takes several answers only where it says so, each once, and none beside 'none'.",
            pointer=f"/answers/{item.code}",
        )
