"""Filing a review: who may, against what, and what the filer hands on."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.shared.access import Principal, Role
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import AlreadyExists, Conflict
from app.domain.shared.transitions import NotYourFunction, has_function
from app.domain.shared.voice import Voice, voice_of


class NoAppealOpen(Conflict):
    """No law opens an appeal against this decision; or the body that made it had the last word."""

    code = "no_appeal_open"
    title = "No appeal is open against this decision"


class ReviewUnderWay(AlreadyExists):
    """The decision is under review, or was reviewed before."""

    code = "review_under_way"
    title = "A review of this decision was asked for already"


class FiledBy(StrEnum):
    """In which capacity somebody files."""

    PERSON = "person"
    """本人"""
    GUARDIAN = "guardian"
    """监护人或者代理人"""
    PORTAL = "portal"
    """经平台提交"""
    STAFF = "staff"
    """窗口代为记录: an officer takes down what the person says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What was decided in the first place, and by whom so far, through however many reviews."""

    matter: str
    case_id: UUID
    item: str | None
    deciders: frozenset[UUID]
    """Accounts that have decided it, or heard a review of it, before."""
    instance: int = 1
    """Which review of it this is."""


def filed_by(filer: Principal, *, person_id: UUID, region: str, guardians: Collection[UUID]) -> FiledBy:
    """In which capacity somebody files for a person.

    Source: 行政复议法 (2023) arts. 14, 22: the person or whoever acts for the person, in writing or by word of mouth.

    Raises:
        NotThePerson: a citizen files for somebody else.
        NotYourFunction: an officer files in another place.
    """
    if filer.has(Role.CITIZEN):
        voice = voice_of(filer, person_id=person_id, guardians=guardians)
        return FiledBy.PERSON if voice is Voice.PERSON else FiledBy.GUARDIAN
    if filer.has(Role.PORTAL):
        return FiledBy.PORTAL
    if not has_function(filer, OPERATIONS["file_review"].roles, region=region):
        raise NotYourFunction("An officer takes down a review in the own area. Pass it on to the office there.")
    return FiledBy.STAFF
