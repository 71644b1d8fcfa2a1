"""Who answers for whom: people are spread over the commissioners of their place, evenly and with continuity."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations, product
from typing import TypeAlias
from uuid import UUID

from app.domain.shared.reason import Reason
from app.domain.shared.region import contains


class Mode(StrEnum):
    """How far a spread goes."""

    FILL = "fill"
    """Only who has nobody gets somebody; all others stay with whom they know."""
    EVEN_OUT = "even_out"
    """People also change hands, so that no commissioner of a place bears much more than another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Somebody for whom a commissioner answers."""

    person_id: UUID
    region: str
    weight: int
    held_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A commissioner who serves at present, where, and the weight borne outside of what is spread."""

    account_id: UUID
    regions: tuple[str, ...]
    load: int = 0

    def serves(self, region: str) -> bool:
        """Say whether the commissioner serves a place."""
        return any(contains(own, region) for own in self.regions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """That a commissioner answers for somebody from now on, and why this one."""

    person_id: UUID
    commissioner_id: UUID
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Who changes hands, who has nobody, and what each commissioner bears."""

    placements: tuple[Placement, ...]
    left: tuple[UUID, ...]
    """For whom no commissioner serves: each a gap until somebody is appointed."""
    loads: Mapping[UUID, int]


class _Hands:
    """What one commissioner holds while people are being spread: those who stay, and those who may change hands."""

    def __init__(self, bearer: Bearer) -> None:
        self.bearer = bearer
        self.load = bearer.load
        self.kept: list[Charge] = []
        self.free: dict[_Alike, list[Charge]] = {}

    def keep(self, charge: Charge) -> None:
        """Hold somebody who stays, whatever the loads."""
        self.kept.append(charge)
        self.load += charge.weight

    def take(self, charge: Charge) -> None:
        """Hold somebody who may be given away again."""
        self.free.setdefault(_alike(charge), []).append(charge)
        self.load += charge.weight

    def give(self, charge: Charge) -> None:
        """Let somebody go."""
        self.free[_alike(charge)].remove(charge)
        self.load -= charge.weight

    def held(self) -> Iterator[Charge]:
        """All of them."""
        return chain(self.kept, *self.free.values())


_Alike: TypeAlias = tuple[str, int]
"""Whoever lives in one place and weighs the same is as good as the other for an exchange."""
_Bundle: TypeAlias = tuple[Charge, ...]
EXCHANGED = 4
"""So many people change hands at once at most. Weights up to four need no more to be drawn as close as they can be."""


def spread(charges: Iterable[Charge], bearers: Iterable[Bearer], *, mode: Mode) -> Spread:
    """Give everybody one commissioner who serves where they live.

    The heaviest are placed first, each with whoever bears least; then people change hands between two commissioners
    as long as that brings their loads closer, in `fill` only those who are placed anew. The same input gives the same
    spread.

    Source: R03 of the operational requirements: every active person has exactly one responsible commissioner.
    """
    hands = {one.account_id: _Hands(one) for one in sorted(bearers, key=_account)}
    ordered = sorted(charges, key=_urgency)
    before = {charge.person_id: charge.held_by for charge in ordered}
    able = {region: _serving(region, hands.values()) for region in {charge.region for charge in ordered}}
    left = [charge.person_id for charge in ordered if not able[charge.region]]
    for charge in ordered:
        if able[charge.region]:
            _place(charge, hands, able=able[charge.region], mode=mode)
    _even_out(hands, able.values())
    return Spread(
        placements=tuple(_placements(hands, before, able=able)),
        left=tuple(left),
        loads={account: held.load for account, held in hands.items()},
    )


def _serving(region: str, hands: Iterable[_Hands]) -> tuple[_Hands, ...]:
    return tuple(held for held in hands if held.bearer.serves(region))


def _place(charge: Charge, hands: Mapping[UUID, _Hands], *, able: tuple[_Hands, ...], mode: Mode) -> None:
    holder = hands.get(charge.held_by) if charge.held_by else None
    if holder is None or holder not in able:
        min(able, key=lambda held: (held.load, held.bearer.account_id)).take(charge)
    elif mode is Mode.FILL:
        holder.keep(charge)
    else:
        holder.take(charge)


def _even_out(hands: Mapping[UUID, _Hands], able: Iterable[tuple[_Hands, ...]]) -> None:
    """Let those who serve a place together draw closer, until no two of them can; only whoever has changed is asked."""
    places = {account: number for number, account in enumerate(hands)}
    pairs = {
        (one.bearer.account_id, other.bearer.account_id) for alike in able for one, other in combinations(alike, 2)
    }
    ordered = sorted(pairs, key=lambda pair: (places[pair[0]], places[pair[1]]))
    changed = set(hands)
    while changed:
        asked, changed = changed, set[UUID]()
        for one, other in ordered:
            if (one in asked or other in asked or one in changed or other in changed) and _draw_closer(
                hands[one], hands[other]
            ):
                changed |= {one, other}


def _draw_closer(one: _Hands, other: _Hands) -> bool:
    """Exchange a few people each way, if that brings the two loads closer; the best exchange there is."""
    heavy, light = (one, other) if one.load >= other.load else (other, one)
    apart = heavy.load - light.load
    if apart <= 1:
        return False
    exchanges = product(_bundles(heavy, light.bearer), _bundles(light, heavy.bearer))
    given, taken = min(exchanges, key=lambda pair: (abs(apart - 2 * (_sum(pair[0]) - _sum(pair[1]))), len(pair[0])))
    if abs(apart - 2 * (_sum(given) - _sum(taken))) >= apart:
        return False
    for charge in given:
        heavy.give(charge)
        light.take(charge)
    for charge in taken:
        light.give(charge)
        heavy.take(charge)
    return True


def _bundles(hands: _Hands, to: Bearer) -> Iterable[_Bundle]:
    """For each weight that a few people make whom the other commissioner serves as well, the fewest that make it."""
    alike: dict[int, list[Charge]] = {}
    for (region, weight), charges in hands.free.items():
        if to.serves(region):
            alike.setdefault(weight, []).extend(charges[:EXCHANGED])
    fewest: dict[int, _Bundle] = {0: ()}
    for charge in chain.from_iterable(charges[:EXCHANGED] for charges in alike.values()):
        for weight, bundle in tuple(fewest.items()):
            known = fewest.get(weight + charge.weight)
            if len(bundle) < (EXCHANGED if known is None else len(known) - 1):
                fewest[weight + charge.weight] = (*bundle, charge)
    return fewest.values()


def _placements(
    hands: Mapping[UUID, _Hands], before: Mapping[UUID, UUID | None], *, able: Mapping[str, tuple[_Hands, ...]]
) -> Iterator[Placement]:
    for account, hand in hands.items():
        for charge in hand.held():
            if before[charge.person_id] != account:
                reason = _why(charge, hand, able=len(able[charge.region]), hands=hands)
                yield Placement(person_id=charge.person_id, commissioner_id=account, reason=reason)


def _why(charge: Charge, hand: _Hands, *, able: int, hands: Mapping[UUID, _Hands]) -> Reason:
    if able == 1:
        return Reason(code="roster.only_one")
    code = "roster.evened_out" if charge.held_by in hands else "roster.least_burdened"
    return Reason(code=code, parameters={"weight": charge.weight, "load": hand.load, "able": able})


def _alike(charge: Charge) -> _Alike:
    return charge.region, charge.weight


def _sum(bundle: _Bundle) -> int:
    return sum(charge.weight for charge in bundle)


def _urgency(charge: Charge) -> tuple[bool, int, UUID]:
    """The held ones first, then the heaviest."""
    return charge.held_by is None, -charge.weight, charge.person_id


def _account(bearer: Bearer) -> UUID:
    return bearer.account_id
