"""The roster, its gaps and its groups, as they travel."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from app.api.texts import Teller
from app.api.v1.schemas.types import Count, Input, LegalDate, Output, RegionCode, Uuid
from app.api.v1.schemas.wording import SentenceRead
from app.domain.roster import GroupKind, Mode, Proposal
from app.domain.shared.identity import Category
from app.domain.shared.region import code_of
from app.services.ports.roster import GapCount, Group
from app.services.roster import Assigned, Lacking, Listed

PersonName = Annotated[str | None, Field(max_length=100, description="The person's name.")]
Code = Annotated[str, Field(max_length=12, description="Code of the place.")]
ReportedDead = Annotated[
    date | None,
    Field(description="Since when it is told that the person has died, which nothing has confirmed; nothing is due."),
]
OfCategory = Annotated[Category | None, Field(description="GB/T 26341; null without a certificate, or of all.")]


class RosterEntryRead(Output):
    """Somebody on the roster."""

    id: Annotated[UUID, Field(description="The person's id.")]
    name: PersonName
    region_code: Code
    category: OfCategory
    grade: Annotated[int | None, Field(ge=1, le=4)]
    commissioner_id: Annotated[UUID | None, Field(description="Who answers today; null is a gap.")]
    flags: Annotated[list[str], Field(max_length=20, description="Flags of special difficulty of the last plan.")]
    weight: Annotated[Count, Field(description="What the person counts where people are spread.")]
    visited_on: Annotated[date | None, Field(description="The day of the last visit that saw the person.")]
    due_on: Annotated[date, Field(description="The last day of the next visit.")]
    reported_dead_on: ReportedDead

    @classmethod
    def of(cls, listed: Listed) -> Self:
        """The entry as it travels."""
        entry = listed.entry
        return cls(
            id=entry.id,
            name=listed.name,
            region_code=code_of(entry.region),
            category=entry.category,
            grade=entry.grade,
            commissioner_id=entry.holder_on(listed.on),
            flags=list(entry.flags),
            weight=entry.weight,
            visited_on=entry.visited_on,
            due_on=entry.due_on,
            reported_dead_on=entry.reported_dead_on,
        )


class CommissionerRead(Output):
    """Who answers for a person, and why."""

    person_id: UUID
    commissioner_id: Annotated[UUID | None, Field(description="Who answers; null while nobody does.")]
    commissioner_name: Annotated[str | None, Field(max_length=200)]
    since: Annotated[date | None, Field(description="Since when.")]
    reason: Annotated[SentenceRead | None, Field(description="Why this commissioner.")]
    deputy_id: Annotated[UUID | None, Field(description="Who answers while the commissioner is absent.")]
    deputy_name: Annotated[str | None, Field(max_length=200)]
    absent_until: Annotated[date | None, Field(description="The last day of the absence.")]

    @classmethod
    def of(cls, listed: Listed, teller: Teller) -> Self:
        """The answer as it travels."""
        entry = listed.entry
        return cls(
            person_id=entry.id,
            commissioner_id=entry.commissioner_id,
            commissioner_name=entry.commissioner_name,
            since=entry.placed_on,
            reason=SentenceRead.of(entry.reason, teller) if entry.reason else None,
            deputy_id=entry.deputy_id,
            deputy_name=entry.deputy_name,
            absent_until=entry.absent_until,
        )


class GapRead(Output):
    """Somebody who is left out."""

    id: Annotated[UUID, Field(description="The person's id.")]
    name: PersonName
    region_code: Code
    lacks_commissioner: Annotated[bool, Field(description="Whether no serving commissioner answers for the person.")]
    lacks_group: Annotated[bool, Field(description="Whether the person is in no group.")]
    lacks_head: Annotated[
        bool,
        Field(description="Whether the household of the person has no head, as after a move, and others live in it."),
    ]

    @classmethod
    def of(cls, lacking: Lacking) -> Self:
        """The gap as it travels."""
        gap = lacking.gap
        return cls(
            id=gap.id,
            name=lacking.name,
            region_code=code_of(gap.region),
            lacks_commissioner=gap.lacks_commissioner,
            lacks_group=gap.lacks_group,
            lacks_head=gap.lacks_head,
        )


class GapCountRead(Output):
    """How many of one place are left out."""

    region_code: Code
    people: Annotated[Count, Field(description="How many are on the roster, but for the reported dead.")]
    lack_commissioner: Annotated[Count, Field(description="For how many no serving commissioner answers.")]
    lack_group: Annotated[Count, Field(description="How many are in no group.")]
    lack_head: Annotated[Count, Field(description="How many live with others in a household without a head.")]
    reported_dead: Annotated[Count, Field(description="How many more are on it and reported dead.")]


class GapCountsRead(Output):
    """How many are left out, place by place."""

    people: Annotated[Count, Field(description="How many are on the roster in all, but for the reported dead.")]
    lack_commissioner: Count
    lack_group: Count
    lack_head: Annotated[Count, Field(description="How many live with others in a household without a head.")]
    reported_dead: Annotated[Count, Field(description="How many more are on it and reported dead.")]
    places: Annotated[list[GapCountRead], Field(max_length=10_000)]

    @classmethod
    def of(cls, counts: Sequence[GapCount]) -> Self:
        """The counts as they travel."""
        return cls(
            people=sum(one.people for one in counts),
            lack_commissioner=sum(one.lack_commissioner for one in counts),
            lack_group=sum(one.lack_group for one in counts),
            lack_head=sum(one.lack_head for one in counts),
            reported_dead=sum(one.reported_dead for one in counts),
            places=[
                GapCountRead(
                    region_code=code_of(one.region),
                    people=one.people,
                    lack_commissioner=one.lack_commissioner,
                    lack_group=one.lack_group,
                    lack_head=one.lack_head,
                    reported_dead=one.reported_dead,
                )
                for one in counts
            ],
        )


class AssignmentCreate(Input):
    """Where people are given commissioners, and how far."""

    region_code: RegionCode
    mode: Annotated[Mode, Field(description="`fill` leaves whoever has one where they are.")] = Mode.FILL
    dry_run: Annotated[bool, Field(description="Only say what would be so.")] = False


class AbsenceCreate(Input):
    """That a commissioner is absent, from today to a day."""

    commissioner_id: Annotated[Uuid, Field(description="The account, as GET /v1/roster names it.")]
    last_day: Annotated[LegalDate, Field(description="The last day of the absence, within a year.")]


class LoadRead(Output):
    """What one commissioner bears."""

    commissioner_id: UUID
    name: Annotated[str | None, Field(max_length=200, description="What colleagues call the account.")]
    weight: Annotated[Count, Field(description="The weight of all for whom the commissioner answers.")]


class AssignmentRead(Output):
    """What a spread has done, or would do."""

    region_code: Code
    is_done: Annotated[bool, Field(description="False for a dry run.")]
    placed: Annotated[Count, Field(description="How many get another commissioner, a first one, or a deputy.")]
    left: Annotated[Count, Field(description="For how many nobody serves: see GET /v1/roster-gaps.")]
    loads: Annotated[list[LoadRead], Field(max_length=10_000)]

    @classmethod
    def of(cls, assigned: Assigned) -> Self:
        """The result as it travels."""
        spread = assigned.spread
        return cls(
            region_code=code_of(assigned.region),
            is_done=assigned.is_done,
            placed=len(spread.placements),
            left=len(spread.left),
            loads=[
                LoadRead(commissioner_id=key, name=assigned.names.get(key), weight=weight)
                for key, weight in spread.loads.items()
            ],
        )


class GroupDraftRead(Output):
    """A group that is proposed."""

    kind: GroupKind
    region_code: Code
    category: OfCategory
    people: Annotated[Count, Field(description="How many of the roster it is proposed for.")]


class GroupProposalRead(Output):
    """Groups that together cover everybody."""

    digest: Annotated[str, Field(min_length=64, max_length=64, description="What an adopter names.")]
    groups: Annotated[list[GroupDraftRead], Field(max_length=10_000)]

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        """The proposal as it travels."""
        return cls(
            digest=proposal.digest,
            groups=[
                GroupDraftRead(kind=one.kind, region_code=code_of(one.region), category=one.category, people=one.people)
                for one in proposal.groups
            ],
        )


class GroupAdoptionCreate(Input):
    """Which proposal is adopted."""

    region_code: RegionCode
    kind: GroupKind
    digest: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9a-f]{64}$", min_length=64, max_length=64),
        Field(description="Of the proposal that was seen.", examples=["ab" * 32]),
    ]


class GroupRead(Output):
    """A group as it was adopted: everybody of a place, or everybody of a category there."""

    id: UUID
    kind: GroupKind
    region_code: Code
    category: OfCategory
    adopted_by: UUID
    adopted_on: date


class GroupsRead(Output):
    """The groups of a place."""

    groups: Annotated[list[GroupRead], Field(max_length=10_000)]

    @classmethod
    def of(cls, groups: Sequence[Group]) -> Self:
        """The groups as they travel."""
        return cls(
            groups=[
                GroupRead(
                    id=one.id,
                    kind=one.kind,
                    region_code=code_of(one.region),
                    category=one.category,
                    adopted_by=one.adopted_by,
                    adopted_on=one.adopted_on,
                )
                for one in groups
            ]
        )
