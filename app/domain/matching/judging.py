"""How good a service is for a person, criterion by criterion, each with its reason in codes."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.matching.candidate import Ratings, Wishes
from app.domain.matching.outcome import Outcomes
from app.domain.matching.scale import Criterion, Distance, Scale
from app.domain.shared.reason import Parameter, Reason

BEST = 100
_BY_MODE = {"at_home": Distance.AT_HOME, "remote": Distance.REMOTE}
_BY_DEPTH = (
    Distance.FARTHER,
    Distance.FARTHER,
    Distance.SAME_PREFECTURE,
    Distance.SAME_COUNTY,
    Distance.SAME_TOWNSHIP,
    Distance.SAME_VILLAGE,
)
_NEAR = frozenset({Distance.AT_HOME, Distance.REMOTE, Distance.SAME_VILLAGE, Distance.SAME_TOWNSHIP})


class Side(StrEnum):
    """For which side something speaks."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Aspect:
    """What one criterion says of a service: points from 0 to 100, for which side they speak, and why."""

    criterion: Criterion
    points: int
    side: Side
    reason: Reason


def fit(others: frozenset[str], wishes: Wishes, scale: Scale) -> Aspect:
    """It meets the need, or it would not be looked at; better still if it meets others of the person's needs too."""
    also = tuple(sorted(others & wishes.other_needs))
    points = min(BEST, scale.fit_alone + scale.fit_each_other_need * len(also))
    reason = _reason("fit.also", needs=also) if also else _reason("fit.alone")
    return Aspect(Criterion.FIT, points, Side.FOR, reason)


def distance_of(mode: str, regions: tuple[str, ...], residence: str) -> Distance:
    """The class of the nearest place, by how deep the two lie in one region.

    >>> distance_of("at_place", ("65/6523/652301/652301101",), "65/6523/652301/652301104/652301104201").value
    'same_county'
    """
    if mode in _BY_MODE:
        return _BY_MODE[mode]
    return _BY_DEPTH[max((_common_depth(region, residence) for region in regions), default=0)]


def distance(mode: str, regions: tuple[str, ...], *, wishes: Wishes, scale: Scale) -> Aspect:
    """How far it is; what comes to the person is nearest."""
    found = distance_of(mode, regions, wishes.residence)
    side = Side.FOR if found in _NEAR else Side.AGAINST
    return Aspect(Criterion.DISTANCE, scale.distance[found], side, _reason(f"distance.{found}"))


def waiting(days: int | None, scale: Scale) -> Aspect:
    """How long one waits, where a place is free."""
    if days is None:
        return Aspect(Criterion.WAITING, scale.waiting_unknown, Side.NEITHER, _reason("waiting.unknown"))
    points = next((points for limit, points in scale.waiting if days <= limit), 0)
    if days == 0:
        return Aspect(Criterion.WAITING, points, Side.FOR, _reason("waiting.none"))
    return Aspect(Criterion.WAITING, points, _side_of(points), _reason("waiting.days", days=days))


def no_place(days: int | None, scale: Scale) -> Aspect:
    """All places are taken; how long one waits may be known or not."""
    reason = _reason("waiting.full") if days is None else _reason("waiting.full_for", days=days)
    return Aspect(Criterion.WAITING, scale.waiting_full, Side.AGAINST, reason)


def accessibility(mode: str, features: frozenset[str], wishes: Wishes) -> Aspect:
    """Whether the person can use the place."""
    if mode in _BY_MODE or not wishes.features:
        return Aspect(Criterion.ACCESSIBILITY, BEST, Side.NEITHER, _reason("accessibility.not_asked"))
    lacking = tuple(sorted(wishes.features - features))
    if not lacking:
        has = tuple(sorted(wishes.features))
        return Aspect(Criterion.ACCESSIBILITY, BEST, Side.FOR, _reason("accessibility.has", features=has))
    points = BEST * (len(wishes.features) - len(lacking)) // len(wishes.features)
    return Aspect(Criterion.ACCESSIBILITY, points, Side.AGAINST, _reason("accessibility.lacks", features=lacking))


def language(spoken: frozenset[str], wishes: Wishes) -> Aspect:
    """Whether one of the person's languages is spoken."""
    shared = tuple(sorted(spoken & wishes.languages))
    if shared:
        return Aspect(Criterion.LANGUAGE, BEST, Side.FOR, _reason("language.spoken", languages=shared))
    asked = tuple(sorted(wishes.languages))
    return Aspect(Criterion.LANGUAGE, 0, Side.AGAINST, _reason("language.not_spoken", languages=asked))


def continuity(organisation_id: UUID | None, wishes: Wishes) -> Aspect:
    """Whether the person knows the provider; None stands for all who are nobody in particular to the person."""
    if organisation_id in wishes.known_providers:
        return Aspect(Criterion.CONTINUITY, BEST, Side.FOR, _reason("continuity.known"))
    return Aspect(Criterion.CONTINUITY, 0, Side.NEITHER, _reason("continuity.new"))


def preference(organisation_id: UUID | None, wishes: Wishes, scale: Scale) -> Aspect:
    """Where the provider stands in the person's own order."""
    if organisation_id is None or organisation_id not in wishes.preferred_providers:
        return Aspect(Criterion.PREFERENCE, 0, Side.NEITHER, _reason("preference.not_named"))
    rank = wishes.preferred_providers.index(organisation_id)
    points = max(scale.preference_least, BEST - scale.preference_each_rank_less * rank)
    return Aspect(Criterion.PREFERENCE, points, Side.FOR, _reason("preference.named", rank=rank + 1))


def quality(ratings: Ratings, scale: Scale) -> Aspect:
    """How those who had the service rated it, from one to five; nothing is said of what too few have rated."""
    if ratings.count < scale.fewest_ratings:
        return Aspect(Criterion.QUALITY, scale.quality_unknown, Side.NEITHER, _reason("quality.unknown"))
    points = BEST * (ratings.total - ratings.count) // (4 * ratings.count)
    average = f"{ratings.tenths // 10}.{ratings.tenths % 10}"
    return Aspect(Criterion.QUALITY, points, _side_of(points), _reason("quality.rated", average=average))


def outcome(outcomes: Outcomes, scale: Scale) -> Aspect:
    """What came of what the provider did for people by their plans.

    Hard cases count only where they speak for it, taken together: whoever serves them stands no worse for it than who
    turns them away. Of too few people nothing is said.
    """
    few, unknown = scale.fewest_outcomes, scale.outcome_unknown
    alone = outcomes.total // outcomes.people if outcomes.people >= few else unknown
    everybody = outcomes.people + outcomes.hard
    together = (outcomes.total + outcomes.hard_total) // everybody if everybody >= few else unknown
    if together > alone:
        return Aspect(Criterion.OUTCOME, together, _side_of(together), _reason("outcome.with_hard", points=together))
    if outcomes.people >= few:
        return Aspect(Criterion.OUTCOME, alone, _side_of(alone), _reason("outcome.seen", points=alone))
    reason = _reason("outcome.mostly_hard" if everybody >= few else "outcome.too_few")
    return Aspect(Criterion.OUTCOME, unknown, Side.NEITHER, reason)


def _common_depth(one: str, other: str) -> int:
    pairs = zip(one.split("/"), other.split("/"), strict=False)
    return next((depth for depth, (a, b) in enumerate(pairs) if a != b), min(one.count("/"), other.count("/")) + 1)


def _side_of(points: int) -> Side:
    return Side.FOR if 2 * points >= BEST else Side.AGAINST


def _reason(code: str, **parameters: Parameter) -> Reason:
    return Reason(code=f"matching.{code}", parameters=parameters)
