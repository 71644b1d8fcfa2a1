"""The table that is handed in: everybody of a round, whole questionnaires, and the outcomes that real rounds have."""

import csv
import io
from collections.abc import Iterable, Iterator
from random import Random

from app.domain.assessment import Answer, Instrument
from app.sandbox.people import SyntheticPerson

SEED = 652_301
NOT_MET_EVERY = 20
"""One row of so many says why there are no answers; one in ten of those names somebody who is not in the round."""
CHANGED_EVERY = 10
"""In a second round, one person of so many answers one question otherwise."""
NEEDS_NOTHING = 0.7
OTHERS = ("unreachable", "moved", "refused")
STRANGER = "990207190304050019"


def as_csv(holders: Iterable[SyntheticPerson], instrument: Instrument, *, is_second: bool = False) -> bytes:
    """One row a holder; in a second round with a few answers that have changed since."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("citizen_number", "outcome", "answers"))
    writer.writerows(_rows(holders, instrument, is_second=is_second))
    return text.getvalue().encode()


def _rows(
    holders: Iterable[SyntheticPerson], instrument: Instrument, *, is_second: bool
) -> Iterator[tuple[str, str, str]]:
    random = Random(SEED)  # noqa: S311 - a repeatable draw, and no secret
    for line, holder in enumerate(holders, start=1):
        answers = _answers(instrument, random)
        if is_second and line % CHANGED_EVERY == 1:
            answers["h_sport"] = "yes" if answers["h_sport"] == "no" else "no"
        if line % (NOT_MET_EVERY * len(OTHERS)) == 0:
            yield STRANGER, "dead", ""
        elif line % NOT_MET_EVERY == 0:
            yield holder.number.value, random.choice(OTHERS), ""
        else:
            yield (
                holder.number.value,
                "surveyed",
                "; ".join(f"{item}={_written(said)}" for item, said in answers.items()),
            )


def _answers(instrument: Instrument, random: Random) -> dict[str, Answer]:
    given: dict[str, Answer] = {}
    for item in instrument.items:
        if not item.is_asked(given):
            continue
        alone = next((option.code for option in item.options if option.stands_alone), None)
        is_nothing = alone is not None and random.random() < NEEDS_NOTHING
        given[item.code] = alone if alone is not None and is_nothing else random.choice(item.options).code
    return given


def _written(said: Answer) -> str:
    return said if isinstance(said, str) else ", ".join(said)
