"""The package that an application was made under, as it was offered on that day."""

from app.domain.application import Application, Package
from app.services.ports.work import UnitOfWork


def package_of(application: Application, *, uow: UnitOfWork) -> Package:
    """The dated package of an application: what is offered today may be another one.

    Raises:
        PackageNotFound: the rulebooks no longer say what was offered then.
    """
    submitted_on = uow.calendar(application.region).date_of(application.submitted_at)
    return Package.of(application.package_code, uow.rulebook.at(application.region, submitted_on))
