"""The worker's rounds: one that breaks is not the last, and what is done once a day is tried until it is done."""

import asyncio

import pytest

from app.domain.shared.errors import Unavailable
from app.worker import Figures, Says, in_rounds, once_a_day

pytestmark = pytest.mark.anyio
SAYS = Says("done", "not done", "broke")


class Flaky:
    """Something that fails as it is told to, and is done afterwards."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.rounds = 0
        self.stopped = asyncio.Event()

    async def once(self) -> Figures:
        self.rounds += 1
        if self.failures:
            raise self.failures.pop(0)
        self.stopped.set()
        return {"rounds": self.rounds}


async def test_a_round_that_breaks_or_finds_no_database_is_not_the_last() -> None:
    work = Flaky(RuntimeError(), Unavailable("The database does not answer."))

    await in_rounds(work.once, work.stopped, says=SAYS, rest_seconds=0)

    assert work.rounds == 3


async def test_what_is_done_once_a_day_is_tried_until_it_is_done_and_then_left() -> None:
    work = Flaky(Unavailable("The database does not answer."))
    nightly = once_a_day(work.once)
    await in_rounds(nightly, work.stopped, says=SAYS, rest_seconds=0)

    assert await nightly() == {}
    assert work.rounds == 2
