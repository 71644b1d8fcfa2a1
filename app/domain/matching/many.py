"""Services of one need, compared for many people at once: what a match says of each, without the words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from uuid import UUID

from app.domain.matching import judging
from app.domain.matching.candidate import Candidate, Wishes
from app.domain.matching.judging import Aspect
from app.domain.matching.outcome import UNSEEN, Outcomes
from app.domain.matching.scale import Scale


class Field:
    """Services that meet a need, each a number in the order in which they came.

    Points hang on one side of a person at a time: where the person lives, what is spoken and needed beside, what a
    place must have, and who is known. Each side is judged once for all services and added up for each person, so that
    millions of pairs take seconds.
    """

    def __init__(
        self, need: str, candidates: Sequence[Candidate], scale: Scale, *, outcomes: Mapping[UUID, Outcomes]
    ) -> None:
        self._outcomes = outcomes
        self._need, self._candidates, self._scale = need, tuple(candidates), scale
        self._total = sum(scale.weights.values())
        self._of_provider: dict[UUID, list[int]] = defaultdict(list)
        for number, candidate in enumerate(self._candidates):
            self._of_provider[candidate.organisation_id].append(number)
        self._by_themselves = [self._itself(candidate) for candidate in self._candidates]
        self._by_place = cache(self._distances)
        self._by_words = cache(self._offers)
        self._by_access = cache(self._accesses)

    def fits(self, wishes: Wishes, among: Iterable[int]) -> dict[int, int]:
        """How well services fit somebody, from 0 to 100; `among` says which of them are looked at."""
        near = self._by_place(wishes.residence)
        words = self._by_words(wishes.languages, wishes.other_needs)
        access = self._by_access(wishes.features)
        own, total = self._by_themselves, self._total
        named = self._named(wishes)
        if not named:
            return {number: (near[number] + words[number] + access[number] + own[number]) // total for number in among}
        return {
            number: (near[number] + words[number] + access[number] + own[number] + named.get(number, 0)) // total
            for number in among
        }

    def _itself(self, candidate: Candidate) -> int:
        days, scale = candidate.waiting_days, self._scale
        wait = judging.waiting(days, scale) if candidate.has_place else judging.no_place(days, scale)
        came = judging.outcome(self._outcomes.get(candidate.organisation_id, UNSEEN), scale)
        return self._worth(wait, judging.quality(candidate.ratings, scale), came)

    def _distances(self, residence: str) -> list[int]:
        there = Wishes(residence=residence)
        judged = cache(lambda mode, at: self._worth(judging.distance(mode, at, wishes=there, scale=self._scale)))
        return [judged(candidate.mode, candidate.regions) for candidate in self._candidates]

    def _offers(self, languages: frozenset[str], other_needs: frozenset[str]) -> list[int]:
        side = Wishes(residence="", languages=languages, other_needs=other_needs)
        judged = cache(
            lambda meets, spoken: self._worth(
                judging.fit(meets - {self._need}, side, self._scale), judging.language(spoken, side)
            )
        )
        return [judged(candidate.meets, candidate.languages) for candidate in self._candidates]

    def _accesses(self, features: frozenset[str]) -> list[int]:
        side = Wishes(residence="", features=features)
        judged = cache(lambda mode, has: self._worth(judging.accessibility(mode, has, side)))
        return [judged(candidate.mode, candidate.features) for candidate in self._candidates]

    def _named(self, wishes: Wishes) -> dict[int, int]:
        found = {}
        for provider in wishes.known_providers.union(wishes.preferred_providers):
            worth = self._worth(judging.continuity(provider, wishes), judging.preference(provider, wishes, self._scale))
            found.update(dict.fromkeys(self._of_provider.get(provider, ()), worth))
        return found

    def _worth(self, *aspects: Aspect) -> int:
        return sum(self._scale.weights[aspect.criterion] * aspect.points for aspect in aspects)
