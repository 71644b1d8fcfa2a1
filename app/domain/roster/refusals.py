"""What is refused where people are given commissioners, deputies and groups."""

from app.domain.shared.errors import Conflict, NotFound, Unprocessable


class AbsenceImpossible(Unprocessable):
    """The absence would be over already, or last longer than a year."""

    code = "absence_impossible"
    title = "This absence cannot be"


class CommissionerNotFound(NotFound):
    """Nobody of this id answers for anybody in the caller's areas."""

    code = "commissioner_not_found"
    title = "There is no such commissioner here"


class ProposalChanged(Conflict):
    """The groups that would be proposed now are others than those that the adopter has seen."""

    code = "proposal_changed"
    title = "The proposal is another one by now"


class RosterDayImpossible(Unprocessable):
    """The day has not come."""

    code = "roster_day_impossible"
    title = "There is no roster of this day"
