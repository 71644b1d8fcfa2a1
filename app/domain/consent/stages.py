"""The stages of a consent, and who may take it back."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class ConsentStage(StrEnum):
    """Where a consent stands. That it has run out is said by its last day."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class ConsentAction(StrEnum):
    """What may be done to a consent."""

    GIVE = "give"
    """同意"""
    WITHDRAW = "withdraw"
    """撤回同意"""


LIFECYCLE: Lifecycle[ConsentStage, ConsentAction] = Lifecycle(
    noun="consent",
    start=ConsentStage.GIVEN,
    steps={
        ConsentAction.WITHDRAW: Transition.through(
            "withdraw_consent", sources=[ConsentStage.GIVEN], target=ConsentStage.WITHDRAWN
        ),
    },
)
"""The table of consents: taken back at any time, by whoever may give it. Source: 个人信息保护法 (2021) art. 15."""
