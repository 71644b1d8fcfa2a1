"""Where somebody stands who waits for a service, and how they leave the list."""

from enum import StrEnum

from app.domain.shared.access import Role
from app.domain.shared.transitions import Lifecycle, Transition


class WaitingStage(StrEnum):
    """Where a need stands on the list of a service."""

    WAITING = "waiting"
    """轮候中"""
    PLACED = "placed"
    """已安排: a provider has accepted."""
    WITHDRAWN = "withdrawn"
    """已退出轮候"""
    REMOVED = "removed"
    """已移出轮候: by a named human, for a reason."""
    MET = "met"
    """已满足: the need was met elsewhere."""


class WaitingAction(StrEnum):
    """What may happen to somebody's place on the list."""

    REASSESS = "reassess"
    """重新评定轮候次序"""
    WITHDRAW = "withdraw"
    """退出轮候"""
    REMOVE = "remove"
    """移出轮候"""
    PLACE = "place"
    """安排服务"""
    MEET = "meet"
    """需求已满足"""


_WAITING = (WaitingStage.WAITING,)
LIFECYCLE: Lifecycle[WaitingStage, WaitingAction] = Lifecycle(
    noun="waiting entry",
    start=WaitingStage.WAITING,
    steps={
        WaitingAction.REASSESS: Transition.through(
            "reassess_waiting_entry", sources=_WAITING, target=WaitingStage.WAITING
        ),
        WaitingAction.WITHDRAW: Transition.through(
            "withdraw_waiting_entry", sources=_WAITING, target=WaitingStage.WITHDRAWN
        ),
        WaitingAction.REMOVE: Transition.through(
            "remove_waiting_entry",
            sources=_WAITING,
            target=WaitingStage.REMOVED,
            only=frozenset({Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER}),
        ),
        # A referral does these: accepted by the provider, or its delivery confirmed by the person.
        WaitingAction.PLACE: Transition(sources=frozenset(_WAITING), target=WaitingStage.PLACED),
        WaitingAction.MEET: Transition(sources=frozenset(_WAITING), target=WaitingStage.MET),
    },
    apart=frozenset({WaitingAction.REASSESS, WaitingAction.REMOVE}),
)
"""The table of waiting: nobody leaves the list but by a place, their own word, or a named human's reason."""
