"""That an application was received, on record with a receipt."""

from datetime import datetime

from app.domain.application import Application
from app.domain.shared.receipt_validity import good_until
from app.services.ports.work import UnitOfWork


def acknowledge(application: Application, *, at: datetime, uow: UnitOfWork) -> None:
    """Note a receipt of what is asked for.

    Source: 行政许可法 art. 32: a written acknowledgement of receipt, with date.
    """
    until = good_until(at, uow.rulebook.at(application.region, uow.today))
    uow.applications.receive(uow.new_id(), application, at=at, until=until)
