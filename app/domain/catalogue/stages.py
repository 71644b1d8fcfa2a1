"""The stages of a service in the catalogue: what is said in a provider's name waits for that provider's word."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class ListingStage(StrEnum):
    """Whether a provider stands by what the catalogue says in its name."""

    PROPOSED = "proposed"
    """待机构确认: an office has entered it, and the provider has not answered."""
    CONFIRMED = "confirmed"
    """已确认: by the provider, or there is nobody to ask."""
    DECLINED = "declined"
    """机构不同意"""


class ListingAction(StrEnum):
    """What may be done to it."""

    CONFIRM = "confirm"
    """确认"""
    DECLINE = "decline"
    """不同意"""
    PROPOSE = "propose"
    """重新提请确认, as follows from what an office has changed"""


LIFECYCLE = Lifecycle(
    noun="service of the catalogue",
    start=ListingStage.PROPOSED,
    steps={
        ListingAction.CONFIRM: Transition.through(
            "confirm_service", sources=[ListingStage.PROPOSED, ListingStage.DECLINED], target=ListingStage.CONFIRMED
        ),
        ListingAction.DECLINE: Transition.through(
            "decline_service", sources=[ListingStage.PROPOSED, ListingStage.CONFIRMED], target=ListingStage.DECLINED
        ),
        ListingAction.PROPOSE: Transition(sources=frozenset(ListingStage), target=ListingStage.PROPOSED),
    },
)
