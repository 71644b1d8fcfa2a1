"""Shares of what may be asked for, counted in the process; what other processes count is taken in from time to time.

A window begins for all at the same instant (a full minute, a full hour), so a whole window is forgotten at once, and
all processes mean the same one. Counting costs some microseconds and waits for nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from app.domain.shared.errors import Unavailable
from app.services.ports.quota import Standing, TooManyRequests

MINUTE_SECONDS = 60
HOUR_SECONDS = 3600
DAY_SECONDS = 86_400
MAY_BE_BLIND = timedelta(seconds=15)
"""How long look-ups go on though the counts cannot be shared; then they are closed."""
ANYBODY = 0
_WHOLE = 0
"""The member of a count that is not one of members."""
_MEMBER_MASK = 2**63 - 1


class Quota(StrEnum):
    """What is counted, each for itself."""

    CLIENT = "client"
    """Requests of one system."""
    ACCOUNT = "account"
    """Requests of one account."""
    TOKEN = "token"  # noqa: S105 - the name of a count
    """Requests for tokens by whoever says to be a client."""
    PEOPLE = "people"
    """Different people whom one account was shown: scraping shows in breadth."""
    NUMBERS = "numbers"
    """Different numbers and names that one system has looked up."""
    SAME_NUMBER = "same_number"
    """How often one system looks the same one up: guessing what goes with it. Counted as a member of the former."""
    MISMATCHES = "mismatches"
    """Names that did not go with a number on record, by system."""
    MISSES = "misses"
    """Certificates that there are not, by whom they would be of and system: a certificate's number holds category and
    grade, so that of somebody whose identity number is known both could be found by trying all 28."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of each a deployment grants."""

    client_requests_a_minute: int
    account_requests_a_minute: int
    token_requests_a_minute: int
    people_an_hour: int
    numbers_an_hour: int
    same_number_an_hour: int
    mismatches_an_hour: int


class Tally(NamedTuple):
    """How often each member of a key was counted in a window."""

    quota: Quota
    key: UUID
    window: int
    ends_at: int
    """When the window ends, in seconds since 1970."""
    since: int
    """Up to which of them the tallies of other processes are known here."""
    times: Mapping[int, int]


class _Counts:
    """One quota in the present window. Keys are the numbers of ids: those of the ids themselves are slow to look up."""

    def __init__(self, quota: Quota, *, limit: int, window_seconds: int) -> None:
        self.quota = quota
        self.limit = limit
        self.window_seconds = window_seconds
        self._window = 0
        self._known: dict[int, dict[int, int]] = {}
        self._unshared: dict[int, dict[int, int]] = {}
        self._since: dict[int, int] = {}

    def at(self, seconds: float) -> "_Counts":
        """The counts of the window that this instant lies in."""
        window = int(seconds // self.window_seconds)
        if window != self._window:
            self._window = window
            self._known, self._unshared, self._since = {}, {}, {}
        return self

    def of(self, key: int, member: int = _WHOLE) -> int:
        return self._known[key].get(member, 0) if key in self._known else 0

    def breadth_of(self, key: int) -> int:
        return len(self._known.get(key, ()))

    def new_to(self, key: int, members: list[int]) -> list[int]:
        known = self._known.get(key, {})
        return [member for member in members if member not in known]

    def add(self, key: int, member: int = _WHOLE) -> int:
        for times in self.times_of(key):
            times[member] = times.get(member, 0) + 1
        return self.of(key, member)

    def times_of(self, key: int) -> tuple[dict[int, int], dict[int, int]]:
        """How often each member of a key was counted: by all as far as is known, and here since that was shared."""
        return self._known.setdefault(key, {}), self._unshared.setdefault(key, {})

    def ends_in(self, seconds: float) -> int:
        return int((self._window + 1) * self.window_seconds - seconds) + 1

    def refusal(self, detail: str, *, seconds: float, quota: Quota | None = None) -> TooManyRequests:
        return TooManyRequests(detail, retry_after_seconds=self.ends_in(seconds), quota=(quota or self.quota).value)

    def take_unshared(self) -> Iterator[Tally]:
        unshared, self._unshared = self._unshared, {}
        ends_at = (self._window + 1) * self.window_seconds
        for key, times in unshared.items():
            yield Tally(self.quota, UUID(int=key), self._window, ends_at, self._since.get(key, 0), times)

    def take_in(self, told: Tally) -> None:
        """What another has counted, if it is of this window still."""
        if told.window == self._window:
            known = self._known.setdefault(told.key.int, {})
            for member, times in told.times.items():
                known[member] = known.get(member, 0) + times
            self._since[told.key.int] = told.since


def _counts_of(limits: Limits) -> dict[Quota, _Counts]:
    a_minute = {
        Quota.CLIENT: limits.client_requests_a_minute,
        Quota.ACCOUNT: limits.account_requests_a_minute,
        Quota.TOKEN: limits.token_requests_a_minute,
    }
    an_hour = {
        Quota.PEOPLE: limits.people_an_hour,
        Quota.NUMBERS: limits.numbers_an_hour,
        Quota.MISMATCHES: limits.mismatches_an_hour,
    }
    return {
        quota: _Counts(quota, limit=limit, window_seconds=seconds)
        for seconds, limited in ((MINUTE_SECONDS, a_minute), (HOUR_SECONDS, an_hour))
        for quota, limit in limited.items()
    }


class Quotas:
    """All quotas of one process. Without limits nothing is counted: what a worker does is an order on record.

    One is counted for orders, too, where it is given: an order is the quickest way to try things out on somebody.
    """

    def __init__(
        self, limits: Limits | None, *, misses_of_holder_a_day: int | None = None, real_time: Callable[[], datetime]
    ) -> None:
        self._real_time = real_time
        self._blind_since: datetime | None = None
        self._counts = _counts_of(limits) if limits else {}
        if misses_of_holder_a_day is not None:
            self._counts[Quota.MISSES] = _Counts(Quota.MISSES, limit=misses_of_holder_a_day, window_seconds=DAY_SECONDS)
        self._same_number_an_hour = limits.same_number_an_hour if limits else 0

    @property
    def is_blind(self) -> bool:
        """Say whether it is not known what other processes count at present."""
        return self._blind_since is not None

    def request(self, *, client_id: UUID, account_id: UUID) -> tuple[Standing, ...]:
        """Count a request, and say what is left to the client and to the account."""
        now = self._real_time().timestamp()
        return self._standing(Quota.CLIENT, client_id.int, now), self._standing(Quota.ACCOUNT, account_id.int, now)

    def token_request(self, client_id: UUID | None) -> None:
        """Count a request for a token; those that name no client share one count."""
        self._standing(Quota.TOKEN, client_id.int if client_id else ANYBODY, self._real_time().timestamp())

    def shown(self, account_id: UUID, person_ids: Iterable[UUID]) -> None:
        """Count whom an account is about to be shown; each person counts once in an hour.

        Raises:
            TooManyRequests: with these it would be more people than anybody's work needs. None of them is counted.
        """
        if Quota.PEOPLE not in self._counts:
            return
        now = self._real_time().timestamp()
        counts, key = self._counts[Quota.PEOPLE].at(now), account_id.int
        new = counts.new_to(key, [person.int & _MEMBER_MASK for person in person_ids])
        if new and counts.breadth_of(key) + len(new) > counts.limit:
            raise counts.refusal(
                "You were shown as many people as may be seen within an hour. Go on later, or ask the operator.",
                seconds=now,
            )
        for member in new:
            counts.add(key, member)

    def looked_up(self, client_id: UUID, *digests: bytes) -> None:
        """Count that numbers or names are looked up, found or not.

        Raises:
            TooManyRequests: too many were looked up, or one too often, or too many did not go together.
            Unavailable: it cannot be told what other processes have counted.
        """
        if Quota.NUMBERS not in self._counts:
            return
        at = self._real_time()
        if self._blind_since is not None and at - self._blind_since > MAY_BE_BLIND:
            raise Unavailable("Look-ups are closed until they can be counted again. Send the request again later.")
        now, key = at.timestamp(), client_id.int
        numbers, mismatches = self._counts[Quota.NUMBERS].at(now), self._counts[Quota.MISMATCHES].at(now)
        if mismatches.of(key) >= mismatches.limit:
            raise mismatches.refusal("Too many names did not go with their numbers. Check your data.", seconds=now)
        known, unshared = numbers.times_of(key)
        for digest in digests:
            member = int.from_bytes(digest[:8]) & _MEMBER_MASK
            times = known.get(member, 0)
            if times >= self._same_number_an_hour:
                too_often = "This was looked up too often within an hour. Keep the answer."
                raise numbers.refusal(too_often, seconds=now, quota=Quota.SAME_NUMBER)
            if not times and len(known) >= numbers.limit:
                raise numbers.refusal("Too many were looked up within an hour. Go on later, or use a job.", seconds=now)
            known[member] = times + 1
            unshared[member] = unshared.get(member, 0) + 1

    def mismatched(self, client_id: UUID) -> None:
        """Count that a name did not go with a number on record."""
        if Quota.MISMATCHES in self._counts:
            self._counts[Quota.MISMATCHES].at(self._real_time().timestamp()).add(client_id.int)

    def missed(self, client_id: UUID, holders: Callable[[], Sequence[bytes]], misses: Sequence[bool]) -> list[bool]:
        """Count which certificates there were not, and say of each whether so many of its holder were missed before.

        Where that is so, what was found is not told either: it would be what the others have tried to find. Whose they
        would be is asked only of a client that has missed any.
        """
        if Quota.MISSES not in self._counts:
            return [False] * len(misses)
        counts, key = self._counts[Quota.MISSES].at(self._real_time().timestamp()), client_id.int
        if not any(misses) and not counts.breadth_of(key):
            return [False] * len(misses)
        members = [int.from_bytes(holder[:8]) & _MEMBER_MASK for holder in holders()]
        for member, is_miss in zip(members, misses, strict=True):
            if is_miss:
                counts.add(key, member)
        return [counts.of(key, member) > counts.limit for member in members]

    def refused_guess(self) -> TooManyRequests:
        """What is said to who tries certificates out on somebody."""
        counts, now = self._counts[Quota.MISSES], self._real_time().timestamp()
        return counts.refusal(
            "Too many certificates that there are not were asked of one holder. Enter the number as it is printed.",
            seconds=now,
        )

    def take_unshared(self) -> list[Tally]:
        """What was counted since this was last asked."""
        now = self._real_time().timestamp()
        return [tally for counts in self._counts.values() for tally in counts.at(now).take_unshared()]

    def take_in(self, told: Iterable[Tally]) -> None:
        """What other processes have counted of the same keys."""
        self._blind_since = None
        now = self._real_time().timestamp()
        for tally in told:
            self._counts[tally.quota].at(now).take_in(tally)

    def cannot_share(self) -> None:
        """The counts of this process have reached nobody, nor those of others this one."""
        self._blind_since = self._blind_since or self._real_time()

    def _standing(self, quota: Quota, key: int, now: float) -> Standing:
        counts = self._counts[quota].at(now)
        if counts.of(key) >= counts.limit:
            raise counts.refusal("You ask more often than your share. Wait as Retry-After says.", seconds=now)
        counted = counts.add(key)
        return Standing(quota, counts.limit, counts.window_seconds, counts.limit - counted, counts.ends_in(now))
