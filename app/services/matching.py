"""Use case of matching: which services fit a confirmed need best, with reasons for and against. People choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from uuid import UUID

from app.domain.assessment import Need, NeedStage
from app.domain.catalogue import ListingStage
from app.domain.entitlement import Explanation, entitlements, explain
from app.domain.matching import Matches, Scale, Wishes, match
from app.domain.shared.errors import Conflict
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording
from app.services.facts import NOTHING_DECLARED, Declared, known
from app.services.need_names import need_names
from app.services.ports.catalogue import Offered
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork


class NeedNotOpen(Conflict):
    """Services are looked for needs that somebody has confirmed and that are not met yet."""

    code = "need_not_open"
    title = "The need is not confirmed, or is met"


_entitlements = lru_cache(maxsize=256)(entitlements)
"""Read once for a revision of the rules, a place and a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """For which need services are looked for, and the person's side of it."""

    need_id: UUID
    languages: frozenset[str] = frozenset()
    """The person's preferred language, where none is named."""
    features: frozenset[str] = frozenset()
    """What a place must have so that the person can use it."""
    preferred_providers: tuple[UUID, ...] = ()
    declared: Declared = field(default=NOTHING_DECLARED)
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What there is for a need, with the names of whatever it speaks of."""

    need: Need
    matches: Matches
    offered: Mapping[UUID, Offered]
    """Those that are ranked."""
    names: Mapping[str, Wording]
    """Of needs, by their items in the catalogue."""


async def match_services(question: Question, *, uow: UnitOfWork) -> Matched:
    """Look for services that meet a need, judge them by what is held of the person, and say why.

    Raises:
        NeedNotOpen: nobody has confirmed the need, or it is met.
    """
    async with uow:
        need = await uow.needs.get(question.need_id)
        require_open(need)
        held = await uow.facts.of(need.person_id, on=uow.today)
        candidates = await uow.services.candidates(
            need.code.item, stages=(ListingStage.CONFIRMED, ListingStage.PROPOSED)
        )
        rules = uow.rulebook.at(need.region, uow.today)
        outcomes = await uow.services.outcomes({one.organisation_id for one in candidates})
        codes = {one.code for one in candidates}
        matches = match(
            need.code.item,
            candidates,
            verdicts=verdicts_of(codes, held, declared=question.declared, rules=rules),
            outcomes=outcomes,
            wishes=_wishes(question, need, held),
            scale=Scale.of(rules),
            limit=question.limit,
        )
        offered = await uow.services.get_many({one.service_id for one in matches.ranked})
        uow.accessed(need.person_id, disclosed=("need", "entitlement"))
        names = need_names(rules)
        return await uow.commit(Matched(need=need, matches=matches, offered=offered, names=names))


def require_open(need: Need) -> None:
    """Hold a need to be confirmed and not met.

    Raises:
        NeedNotOpen: it is not.
    """
    if need.stage is not NeedStage.CONFIRMED:
        raise NeedNotOpen(
            f"This need is {need.stage}. Have it confirmed with the person first.", stage=need.stage.value
        )


def verdicts_of(
    codes: set[str], held: HeldFacts, *, declared: Declared = NOTHING_DECLARED, rules: RulesInForce
) -> Mapping[str, Explanation]:
    """What the rules say of a person's entitlement to services, by code, and why."""
    facts = known(held, declared=declared, rules=rules)
    entitled = _entitlements(rules)
    return {code: explain(entitled[code].criteria, facts) for code in codes if code in entitled}


def _wishes(question: Question, need: Need, held: HeldFacts) -> Wishes:
    return replace(
        wishes_of(held, need.code.item),
        languages=question.languages or frozenset({held.person.preferred_language.value}),
        features=question.features,
        preferred_providers=question.preferred_providers,
    )


def wishes_of(held: HeldFacts, need: str) -> Wishes:
    """The person's side of a need, as far as it is held: nobody is asked."""
    return Wishes(
        residence=held.person.region,
        languages=frozenset({held.person.preferred_language.value}),
        other_needs=frozenset(
            code for code, stage in held.needs.items() if stage is NeedStage.CONFIRMED and code != need
        ),
        known_providers=held.providers,
    )
