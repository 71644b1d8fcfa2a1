"""What a person is told of an application and of each item: how it stands, and what to do next. Codes, no words."""

from dataclasses import dataclass
from functools import cache

from app.domain.application.application import Application, Item
from app.domain.application.status import INACTIVE, SECOND_PARTY_PENDING, PublicStatus
from app.domain.shared.reason import Reason

_REASONS_WITH_WORDS = frozenset({"correction", "cancelled", INACTIVE, SECOND_PARTY_PENDING})
"""Reasons that are told the person by themselves; the others say what the status says."""


@dataclass(frozen=True, slots=True)
class Told:
    """How something stands, and what the person does next; both are sentences of the catalogue of texts."""

    explanation: Reason
    next_action: Reason


def told_of(application: Application) -> Told:
    """What a person is told of the application as a whole."""
    finished = sum(item.is_finished for item in application.items)
    return told(application.status, finished=finished, items=len(application.items))


@cache
def told(status: PublicStatus, *, finished: int, items: int) -> Told:
    """What a person is told of an application that stands so, with so many of its items finished."""
    parameters = {"finished": finished, "items": items}
    return Told(
        explanation=Reason(code=f"status.application.{status}", parameters=parameters),
        next_action=Reason(code=f"next.application.{status}"),
    )


def told_of_item(application: Application, item: Item) -> Told:
    """What a person is told of one item; of one that waits, for what."""
    if application.is_stranded(item):
        return _told("stranded", application, item)
    if item.status_reason in _REASONS_WITH_WORDS:
        return _told(f"{item.status_reason}", application, item)
    return _told(f"{item.case_kind}.{item.status}", application, item)


def _told(code: str, application: Application, item: Item) -> Told:
    needed = tuple(code for code in item.depends_on if not _is_there(application, code))
    return Told(
        explanation=Reason(code=f"status.{code}", parameters={"item": item.code, "needed": needed}),
        next_action=Reason(code=f"next.{code}", parameters={"item": item.code}),
    )


def _is_there(application: Application, code: str) -> bool:
    return application.item(code).status is PublicStatus.GRANTED
