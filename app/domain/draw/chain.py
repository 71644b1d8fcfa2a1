"""Checking all draws of one case together: what each says of the ones before must be what became of them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from app.domain.draw.proof import Fault, Proof, faults_of, read
from app.domain.draw.stages import DrawPurpose
from app.domain.draw.turn import Turn

_UNREADABLE = frozenset({Fault.MALFORMED, Fault.NOT_REVEALED, Fault.UNKNOWN_ALGORITHM})


def faults_of_chain(told: Sequence[Mapping[str, object]]) -> tuple[Fault, ...]:
    """All that is wrong with the draws of one case (`GET /v1/draws?case_id=`), with each alone and between them."""
    faults = dict.fromkeys(fault for one in told for fault in faults_of(one))
    if not told:
        return (Fault.MALFORMED,)
    if not faults.keys() & _UNREADABLE and not _hangs_together([read(one) for one in told]):
        faults[Fault.CHAIN_BROKEN] = None
    return tuple(faults)


def _hangs_together(proofs: Sequence[Proof]) -> bool:
    """Say whether the draws of a case, and of the cases whose draws it has taken over, belong to one another."""
    chains = _by_case(proofs)
    drawn = {one.drawing.draw_id: one for one in proofs}
    asked = _asked([one for chain in chains for one in chain])
    taken = [frozenset[UUID](), *(frozenset({chain[-1].drawing.draw_id}) for chain in chains)]
    return len(drawn) == len(proofs) and all(
        _is_whole(chain, taken_over=before, drawn=drawn, asked=asked)
        for chain, before in zip(chains, taken, strict=False)
    )


def _by_case(proofs: Sequence[Proof]) -> list[list[Proof]]:
    """The draws case by case, each in the order of its rounds; an earlier case comes before the one that keeps it."""
    in_order = sorted(proofs, key=lambda one: (one.drawn_at, one.drawing.round))
    cases = dict.fromkeys(one.drawing.case_id for one in in_order)
    return [
        sorted((one for one in proofs if one.drawing.case_id == case), key=lambda one: one.drawing.round)
        for case in cases
    ]


def _is_whole(
    chain: Sequence[Proof],
    *,
    taken_over: frozenset[UUID],
    drawn: Mapping[UUID, Proof],
    asked: Mapping[UUID, frozenset[UUID]],
) -> bool:
    """Say whether all turns of a case are its own draws in order, and the last of the case before."""
    last = chain[-1].drawing
    own = {one.drawing.draw_id for one in chain} - {last.draw_id}
    before = {turn.draw_id for turn in last.turns if turn.draw_id is not None}
    return (
        before == own | taken_over
        and all(_goes_on(one, after) for one, after in pairwise(chain))
        and all(_tells(last.turns, taken_over=taken_over, drawn=drawn, asked=asked))
    )


def _goes_on(one: Proof, after: Proof) -> bool:
    """Say whether a draw tells the same past as the one before it, and more."""
    told = one.drawing.turns
    return len(after.drawing.turns) > len(told) and after.drawing.turns[: len(told)] == told


def _tells(
    turns: Sequence[Turn],
    *,
    taken_over: frozenset[UUID],
    drawn: Mapping[UUID, Proof],
    asked: Mapping[UUID, frozenset[UUID]],
) -> Iterator[bool]:
    """For each turn of a draw: whether just that was drawn, and whoever has declined was asked.

    The round of a draw that was taken over is one of the case before.
    """
    for turn in turns:
        if turn.draw_id is not None:
            proof = drawn[turn.draw_id]
            is_of_round = turn.draw_id in taken_over or turn.round == proof.drawing.round
            is_its_own = is_of_round and turn.institution_id == proof.institution_id
            yield is_its_own and asked[turn.draw_id].issuperset(turn.doctors)


def _asked(chain: Sequence[Proof]) -> Mapping[UUID, frozenset[UUID]]:
    """The doctors who were asked after each draw: the ones drawn, and those for whom nobody had to stand in."""
    asked: dict[UUID, frozenset[UUID]] = {}
    for proof in chain:
        stayed = frozenset[UUID]()
        if proof.drawing.purpose is DrawPurpose.STAND_IN and proof.drawing.turns:
            declined = proof.drawing.turns[-1]
            before = asked.get(declined.draw_id, frozenset()) if declined.draw_id else frozenset[UUID]()
            stayed = before - set(declined.doctors)
        asked[proof.drawing.draw_id] = stayed | set(proof.doctors)
    return asked
