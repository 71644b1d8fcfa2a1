"""The stages of a finding, and who settles one."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class DeliveryFindingStage(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    SETTLED = "settled"


class DeliveryFindingAction(StrEnum):
    """What may be done to a finding."""

    SETTLE = "settle"
    """核实处理"""


LIFECYCLE: Lifecycle[DeliveryFindingStage, DeliveryFindingAction] = Lifecycle(
    noun="delivery finding",
    start=DeliveryFindingStage.OPEN,
    steps={
        DeliveryFindingAction.SETTLE: Transition.through(
            "settle_delivery_finding", sources=(DeliveryFindingStage.OPEN,), target=DeliveryFindingStage.SETTLED
        ),
    },
    apart=frozenset(DeliveryFindingAction),
)
"""The table of findings: a human says what is behind one, and nothing follows from it by itself."""
