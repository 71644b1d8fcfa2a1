"""Why a step of a referral is refused, each with what to do instead."""

from app.domain.shared.errors import Conflict, Forbidden, Unprocessable


class NotTheProvider(Forbidden):
    """The referral was made to another provider."""

    code = "not_the_provider"
    title = "The referral was made to another provider"


class OfferExpired(Conflict):
    """The provider had until a day to answer, and it has passed."""

    code = "offer_expired"
    title = "The time to answer has passed"


class OfferStillOpen(Conflict):
    """The provider may still answer."""

    code = "offer_still_open"
    title = "The provider may still answer"


class DeliveryImpossible(Unprocessable):
    """A delivery names nothing that was done, a day on which it cannot have been done, or another unit."""

    code = "delivery_impossible"
    title = "This cannot have been delivered"


class PauseImpossible(Unprocessable):
    """A pause would end before it begins."""

    code = "pause_impossible"
    title = "The pause cannot be right"


class NothingDelivered(Conflict):
    """The referral would go on from a delivery, and there was none, or the other way round."""

    code = "nothing_delivered"
    title = "It goes on from where it stood"


class NothingLeft(Conflict):
    """All that was planned was delivered: there is nothing that another provider could take over."""

    code = "nothing_left"
    title = "Nothing is left to be moved"


class AlreadyTheProvider(Unprocessable):
    """The referral would be moved to the provider that has it."""

    code = "already_the_provider"
    title = "This provider has it already"


class DeclinedOtherwise(Conflict):
    """The provider did not decline it for want of places: waiting for one would bring nothing."""

    code = "declined_otherwise"
    title = "It was not declined for want of places"
