"""What is refused where visits at home are written down."""

from app.domain.shared.errors import Conflict, NotFound, Unprocessable


class VisitDayImpossible(Unprocessable):
    """The visit lies in the future, or a promise is due before it."""

    code = "home_visit_day_impossible"
    title = "The day of the visit cannot be right"


class PromiseNotFound(NotFound):
    """The visit has no promise of this number."""

    code = "promise_not_found"
    title = "There is no such promise"


class PromiseSettled(Conflict):
    """It was said before what became of the promise."""

    code = "promise_settled"
    title = "The promise is settled already"


class NothingToResolve(Conflict):
    """The accounts of the visit agree, or none has this digest."""

    code = "nothing_to_resolve"
    title = "There is no such conflict"


class TooManyAccounts(Conflict):
    """So many different accounts of one visit are a mistake of a program."""

    code = "too_many_accounts"
    title = "There are too many accounts of this visit"
