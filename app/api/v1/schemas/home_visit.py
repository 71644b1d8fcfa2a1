"""Visits at home, as they travel."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from app.api.problems.texts import text_of
from app.api.texts import Teller
from app.api.v1.schemas.roster import RosterEntryRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import (
    Code,
    Count,
    Input,
    LegalDate,
    LongText,
    Output,
    RegionCode,
    ShortText,
    Uuid,
    Version,
)
from app.domain.home_visit import HomeVisit, Promise, PromiseOutcome, Report, Settlement, VisitOutcome
from app.domain.shared.region import code_of
from app.services.home_visit import Answered, EntryResult, Written
from app.services.roster import Listed
from app.services.visit_planning import Planned

NOBODY_YET = UUID(int=0)
"""Who wrote it is the caller, whatever a phone says."""
MOST_ENTRIES = 200
Number = Annotated[int, Field(ge=1, le=20, description="Its place among the promises of the visit.")]


class PromiseCreate(Input):
    """What was promised, who answers for it and by when."""

    text: ShortText
    owner_id: Annotated[Uuid, Field(description="The account that answers for it.")]
    due_on: LegalDate


class HomeVisitCreate(Input):
    """What a visitor writes down."""

    visited_on: LegalDate
    outcome: VisitOutcome = VisitOutcome.SEEN
    seen: Annotated[LongText | None, Field(description="What was seen. No diagnosis, and no suspicion of harm.")] = None
    words: Annotated[LongText | None, Field(description="What the person said, in the person's words.")] = None
    needs: Annotated[list[Code], Field(max_length=20, description="Coded needs.", examples=[["long_term_care"]])] = (
        Field(default_factory=list)
    )
    promises: Annotated[list[PromiseCreate], Field(max_length=20)] = Field(default_factory=list)

    def to_report(self) -> Report:
        """The account in the domain's words; the use case says whose it is."""
        return Report(
            visited_on=self.visited_on,
            by=NOBODY_YET,
            outcome=self.outcome,
            seen=self.seen or "",
            words=self.words or "",
            needs=tuple(dict.fromkeys(self.needs)),
            promises=tuple(
                Promise(number=number, text=one.text, owner_id=one.owner_id, due_on=one.due_on)
                for number, one in enumerate(self.promises, 1)
            ),
        )


class SettlementCreate(Input):
    """What became of a promise."""

    number: Number
    outcome: PromiseOutcome


class ResolutionCreate(Input):
    """Which account counts."""

    digest: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9a-f]{64}$", min_length=64, max_length=64),
        Field(description="Of one of the visit's accounts.", examples=["ab" * 32]),
    ]


class SettlementEntry(SettlementCreate):
    """What a phone says became of a promise, and when."""

    settled_on: LegalDate

    def to_settlement(self) -> Settlement:
        """The settlement in the domain's words."""
        return Settlement(number=self.number, outcome=self.outcome, settled_on=self.settled_on, by=NOBODY_YET)


class VisitEntry(Input):
    """One entry that a phone has written down."""

    key: Annotated[Uuid, Field(description="The phone's own key of the visit, the same in all entries about it.")]
    person_id: Uuid
    report: Annotated[HomeVisitCreate | None, Field(description="An account of the visit.")] = None
    settlements: Annotated[list[SettlementEntry], Field(max_length=20, description="What became of its promises.")] = (
        Field(default_factory=list)
    )

    def to_written(self) -> Written:
        """The entry in the use case's words."""
        return Written(
            key=self.key,
            person_id=self.person_id,
            report=self.report.to_report() if self.report else None,
            settlements=tuple(one.to_settlement() for one in self.settlements),
        )


class VisitBatchCreate(Input):
    """What a phone has written down since it last had a network."""

    entries: Annotated[list[VisitEntry], Field(min_length=1, max_length=MOST_ENTRIES)]


class PlanningCreate(Input):
    """Where plans are derived anew."""

    region_code: RegionCode


class PlanningRead(Output):
    """What was derived."""

    people: Annotated[Count, Field(description="How many plans were derived.")]
    is_complete: Annotated[bool, Field(description="Whether all of the place were derived today.")]

    @classmethod
    def of(cls, planned: Planned) -> Self:
        """The result as it travels."""
        return cls(people=planned.people, is_complete=planned.is_complete)


class QueueEntryRead(RosterEntryRead):
    """Somebody to be visited."""

    is_overdue: Annotated[bool, Field(description="Whether the last day has passed.")]
    every_days: Annotated[int | None, Field(ge=1, le=3660, description="Days from one visit to the next at most.")]
    is_deputy: Annotated[bool, Field(description="Whether it is for a commissioner who is absent.")]
    rule_versions: Annotated[list[str], Field(max_length=20, description="The rules from which the plan follows.")]

    @classmethod
    def of_queue(cls, listed: Listed) -> Self:
        """The entry as it travels."""
        entry = listed.entry
        return cls(
            **dict(RosterEntryRead.of(listed)),
            is_overdue=entry.due_on < listed.on,
            every_days=entry.every_days,
            is_deputy=entry.holder_on(listed.on) != entry.commissioner_id,
            rule_versions=list(entry.rule_versions),
        )


class VisitQueueRead(Output):
    """Whom to visit next, the most urgent first."""

    entries: Annotated[list[QueueEntryRead], Field(max_length=100)]

    @classmethod
    def of(cls, listed: Sequence[Listed]) -> Self:
        """The queue as it travels."""
        return cls(entries=[QueueEntryRead.of_queue(one) for one in listed])


class PromiseRead(Output):
    """A promise, and what became of it."""

    number: Number
    text: Annotated[str, Field(max_length=200)]
    owner_id: Annotated[UUID, Field(description="The account that answers for it.")]
    due_on: date
    outcome: Annotated[PromiseOutcome | None, Field(description="Null while nobody has said, or where it is disputed.")]


class AccountRead(Output):
    """One account of a visit."""

    digest: Annotated[str, Field(max_length=64, description="What it is known by.")]
    visited_on: date
    by: Annotated[UUID, Field(description="The account of whoever went there.")]
    outcome: VisitOutcome
    seen: Annotated[str, Field(max_length=2000)]
    words: Annotated[str, Field(max_length=2000)]
    needs: Annotated[list[str], Field(max_length=20)]
    promises: Annotated[list[PromiseRead], Field(max_length=20)]

    @classmethod
    def of(cls, report: Report, visit: HomeVisit) -> Self:
        """The account as it travels."""
        return cls(
            digest=report.digest,
            visited_on=report.visited_on,
            by=report.by,
            outcome=report.outcome,
            seen=report.seen,
            words=report.words,
            needs=list(report.needs),
            promises=[
                PromiseRead(
                    number=one.number,
                    text=one.text,
                    owner_id=one.owner_id,
                    due_on=one.due_on,
                    outcome=visit.outcome_of(one.number),
                )
                for one in report.promises
            ],
        )


class HomeVisitRead(Output):
    """A visit at home."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12)]
    account: Annotated[AccountRead | None, Field(description="The account that counts; null while that is open.")]
    is_in_conflict: Annotated[bool, Field(description="Whether accounts differ that no human has decided between.")]
    accounts: Annotated[list[AccountRead], Field(max_length=1000, description="All that were given.")]
    disputed: Annotated[list[int], Field(max_length=20, description="Promises of which visitors say different things.")]
    told_as: ToldAs
    version: Version

    @classmethod
    def of(cls, visit: HomeVisit, teller: Teller) -> Self:
        """The visit as it travels, with how to tell the person what was promised."""
        return cls(
            id=visit.id,
            person_id=visit.person_id,
            region_code=code_of(visit.region),
            account=AccountRead.of(visit.report, visit) if visit.report else None,
            is_in_conflict=visit.is_in_conflict,
            accounts=[AccountRead.of(report, visit) for report in visit.reports],
            disputed=list(visit.disputed()),
            told_as=ToldAsRead.of(visit.person_id, teller),
            version=visit.version,
        )


class EntryAnswerRead(Output):
    """What became of one entry."""

    key: Annotated[UUID, Field(description="As the phone has named it.")]
    result: EntryResult
    visit: Annotated[HomeVisitRead | None, Field(description="How the visit stands now; null where it was refused.")]
    code: Annotated[str | None, Field(max_length=64, description="Why it was refused, as a code.")]
    detail: Annotated[str | None, Field(max_length=1000, description="Why, in words.")]


class VisitBatchRead(Output):
    """What became of the entries, in their order."""

    answers: Annotated[list[EntryAnswerRead], Field(max_length=MOST_ENTRIES)]

    @classmethod
    def of(cls, answers: Sequence[Answered], teller: Teller) -> Self:
        """The answers as they travel, in the caller's language."""
        return cls(
            answers=[
                EntryAnswerRead(
                    key=one.key,
                    result=one.result,
                    visit=HomeVisitRead.of(one.visit, teller) if one.visit else None,
                    code=one.refusal.code if one.refusal else None,
                    detail=text_of(one.refusal, teller.language).detail if one.refusal else None,
                )
                for one in answers
            ]
        )
