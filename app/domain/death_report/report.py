"""A reported death: which of the words on record hold, who is asked to look into it, and how it is taken back."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.shared.errors import Conflict
from app.domain.shared.events import Event
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import OwnCase


class NoDeathReported(Conflict):
    """Nothing on record that still counts says that the person has died."""

    code = "no_death_reported"
    title = "No death is reported"


class DeathReportChanged(Conflict):
    """Other words say that the person has died than those that the officer has read."""

    code = "death_report_changed"
    title = "The report has changed"


class ToldBy(StrEnum):
    """What kind of record says that somebody has died, or that somebody lives."""

    RECHECK = "recheck"
    """定期复核: a look again at a running grant because of a death."""
    SURVEY = "survey"
    """入户调查: what came of somebody in a round."""
    HOME_VISIT = "home_visit"
    """走访"""
    OFFICER = "officer"
    """县级核实: an officer has taken a report back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One word on record: that somebody has died, or something that only the living do."""

    by: ToldBy
    record_id: UUID
    """Of the recheck, the entry of a survey, the visit, or what an officer has taken back."""
    on: date
    is_dead: bool
    took_back: frozenset[UUID] = frozenset()
    """Which records an officer has found to be wrong; of that day and before they count no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathReport:
    """A death that is told and that no cancelled certificate confirms (上报死亡，尚未核实)."""

    told: tuple[Told, ...]
    """What says so, the earliest first."""

    @property
    def since(self) -> date:
        """Since when it is told."""
        return self.told[0].on


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathReportTakenBack(Event):
    """An officer has found that the person lives: all that is due to the person is due again."""

    name: ClassVar[str] = "person.death_report_taken_back"

    person_id: UUID
    records: int
    taken_back_by: UUID
    taken_back_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsTakenBack:
    """That a named officer has found a report of somebody's death to be wrong (核实健在); it never changes."""

    id: UUID
    person_id: UUID
    region: str
    records: tuple[UUID, ...]
    by: UUID
    on: date
    words: str = field(repr=False)
    """How that is known."""
    version: int = 1

    @property
    def application_id(self) -> None:
        """It belongs to no application."""


def reported(words: Iterable[Told]) -> DeathReport | None:
    """What still says that somebody has died; None where the latest word is that the person lives.

    What an officer has taken back counts no more. Of the rest the latest word counts, and of one day the one that says
    that the person has died: whoever was seen in the morning may have died in the evening, and never the other way.

    Source: 残疾人证管理办法 (2017): the county cancels the certificate of whoever has died, and until then the death
    is only told. `reported_death(uuid)` of the database says the same of many at once.

    >>> reported([Told(by=ToldBy.HOME_VISIT, record_id=UUID(int=1), on=date(2026, 11, 2), is_dead=True)]).since
    datetime.date(2026, 11, 2)
    """
    said = list(words)
    standing = [one for one in said if not (one.is_dead and _was_taken_back(one, said))]
    lived_on = max((one.on for one in standing if not one.is_dead), default=date.min)
    told = sorted(
        (one for one in standing if one.is_dead and one.on >= lived_on), key=lambda one: (one.on, one.record_id)
    )
    return DeathReport(told=tuple(told)) if told else None


def take_back(
    report: DeathReport | None,
    wrong: WordsTakenBack,
    *,
    close: Collection[UUID] = frozenset(),
    by: Principal,
) -> DeathReportTakenBack:
    """Say of exactly the words that were read that they are wrong, and how that is known.

    Raises:
        OwnCase: the officer is the person, the guardian, or close to the person.
        NoDeathReported: nothing is told.
        DeathReportChanged: other words are told than those that are named.
        ReasonMissing: it is not said how that is known.
    """
    if by.is_concerned(wrong.person_id) or wrong.person_id in close:
        raise OwnCase("Nobody says this of themselves, of a ward, or of somebody close. Another officer must.")
    if report is None:
        raise NoDeathReported("Nothing that still counts says that the person has died. There is nothing to take back.")
    if {one.record_id for one in report.told} != set(wrong.records):
        raise DeathReportChanged(
            "Read GET /v1/persons/{id}/death-report again, and name the records that it names.", pointer="/record_ids"
        )
    require_words(wrong.words, "Say how it is known that the person lives, so that it can be looked up later.")
    return DeathReportTakenBack(
        person_id=wrong.person_id, records=len(wrong.records), taken_back_by=wrong.by, taken_back_on=wrong.on
    )


def asked_among(candidates: Iterable[UUID], *, about: UUID) -> UUID | None:
    """Who of those who may is asked by name; None where there is nobody.

    Nothing is written down, so nothing has to be put right when somebody leaves or comes: each person falls to whoever
    ranks first in an order that follows from both ids, which spreads people evenly. Of those who stay nobody hands
    anybody on, and only what a leaver was asked, or a newcomer ranks first for, changes hands.

    >>> asked_among([], about=UUID(int=1)) is None
    True
    """
    ranked = ((hashlib.sha256(one.bytes + about.bytes).digest(), one) for one in candidates)
    return max(ranked, default=(b"", None))[1]


def _was_taken_back(told: Told, said: Iterable[Told]) -> bool:
    return any(told.record_id in one.took_back and told.on <= one.on for one in said)
