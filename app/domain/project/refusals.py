"""Why somebody is not put on the list of a project."""

from app.domain.shared.errors import AlreadyExists, Conflict, Unprocessable


class BeneficiaryAlready(AlreadyExists):
    """The person is in this project in these days."""

    code = "beneficiary_already"
    title = "The person is in this project already"


class OutsideProjectArea(Conflict):
    """The person lives elsewhere than the project is for."""

    code = "outside_project_area"
    title = "The project is not for this place"


class NotTargeted(Conflict):
    """By the facts that are held, the person is not one of those whom the project is for."""

    code = "not_targeted"
    title = "The project is for others"


class DoubleBenefit(Conflict):
    """The person has, or had not long ago, a benefit that this one is not given beside."""

    code = "double_benefit"
    title = "Another benefit stands against it"


class AmountImpossible(Unprocessable):
    """More is promised or spent than one beneficiary may get."""

    code = "project_amount_impossible"
    title = "So much cannot be given"


class ResourcesCommitted(Conflict):
    """A project would have less money or fewer places than people have of it already."""

    code = "project_resources_committed"
    title = "So much of the project is taken already"
