"""All criteria together, for one need of one person."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple
from uuid import UUID

from app.domain.matching import judging
from app.domain.matching.candidate import Candidate, Ratings, Wishes
from app.domain.matching.judging import Aspect
from app.domain.matching.outcome import UNSEEN, Outcomes
from app.domain.matching.scale import Scale


class _Weighed(NamedTuple):
    """Aspects, and the sum of their points times their weights."""

    worth: int
    aspects: tuple[Aspect, ...]


class Panel:
    """Judges services by all criteria.

    Thousands of services share a few hundred places, providers, languages and waits. Each of these is judged once and
    looked up for the rest: that keeps a match of thousands within milliseconds.
    """

    __slots__ = (
        "_access",
        "_distance",
        "_named",
        "_need",
        "_offer",
        "_quality",
        "_scale",
        "_stranger",
        "_total",
        "_wait",
        "_wishes",
    )

    def __init__(self, need: str, wishes: Wishes, scale: Scale, *, outcomes: Mapping[UUID, Outcomes]) -> None:
        self._need, self._wishes, self._scale = need, wishes, scale
        self._total = sum(scale.weights.values())
        self._offer = cache(self._judge_offer)
        self._distance = cache(self._judge_distance)
        self._access = cache(self._judge_access)
        self._wait = cache(self._judge_wait)
        self._quality = cache(self._judge_quality)
        named = {*wishes.known_providers, *wishes.preferred_providers, *outcomes}
        self._named = {one: self._judge_provider(one, outcomes.get(one, UNSEEN)) for one in named}
        self._stranger = self._judge_provider(None, UNSEEN)

    def worth(self, candidate: Candidate) -> int:
        """How well a service fits: points times weights, for comparing only."""
        return (
            self._offer(candidate.meets, candidate.languages).worth
            + self._distance(candidate.mode, candidate.regions).worth
            + self._access(candidate.mode, candidate.features).worth
            + self._wait(candidate.has_place, candidate.waiting_days).worth
            + self._quality(candidate.ratings).worth
            + self._named.get(candidate.organisation_id, self._stranger).worth
        )

    def score(self, candidate: Candidate) -> int:
        """How well a service fits, from 0 to 100."""
        return self.worth(candidate) // self._total

    def aspects(self, candidate: Candidate) -> tuple[Aspect, ...]:
        """What each criterion says."""
        return (
            *self._offer(candidate.meets, candidate.languages).aspects,
            *self._distance(candidate.mode, candidate.regions).aspects,
            *self._access(candidate.mode, candidate.features).aspects,
            *self._wait(candidate.has_place, candidate.waiting_days).aspects,
            *self._quality(candidate.ratings).aspects,
            *self._named.get(candidate.organisation_id, self._stranger).aspects,
        )

    def _judge_offer(self, meets: frozenset[str], languages: frozenset[str]) -> _Weighed:
        return self._weighed(
            judging.fit(meets - {self._need}, self._wishes, self._scale), judging.language(languages, self._wishes)
        )

    def _judge_distance(self, mode: str, regions: tuple[str, ...]) -> _Weighed:
        return self._weighed(judging.distance(mode, regions, wishes=self._wishes, scale=self._scale))

    def _judge_access(self, mode: str, features: frozenset[str]) -> _Weighed:
        return self._weighed(judging.accessibility(mode, features, self._wishes))

    def _judge_wait(self, has_place: bool, days: int | None) -> _Weighed:  # noqa: FBT001 - a fact, not an option
        return self._weighed(judging.waiting(days, self._scale) if has_place else judging.no_place(days, self._scale))

    def _judge_quality(self, ratings: Ratings) -> _Weighed:
        return self._weighed(judging.quality(ratings, self._scale))

    def _judge_provider(self, organisation_id: UUID | None, outcomes: Outcomes) -> _Weighed:
        return self._weighed(
            judging.outcome(outcomes, self._scale),
            judging.continuity(organisation_id, self._wishes),
            judging.preference(organisation_id, self._wishes, self._scale),
        )

    def _weighed(self, *aspects: Aspect) -> _Weighed:
        return _Weighed(sum(self._scale.weights[aspect.criterion] * aspect.points for aspect in aspects), aspects)
