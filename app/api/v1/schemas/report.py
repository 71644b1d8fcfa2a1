"""Reports, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.platform import OwnerCode
from app.api.v1.schemas.types import Count, Output
from app.api.v1.schemas.wording import CodedRead
from app.domain.application import Channel
from app.domain.catalogue import Family
from app.domain.rating import Satisfaction
from app.domain.shared.region import code_of
from app.services.ports.application import InstantCount
from app.services.ports.population import FoundOfAll
from app.services.ports.rating import RatingCount
from app.services.ports.visit import VisitCount
from app.services.report import EntitlementReport, InstantReport, RatingReport, UncertifiedReport, VisitReport

MOST_ROWS = 4000
Share = Annotated[
    float | None,
    Field(ge=0, le=1, description="The share of the finished ones with no more ways than `at_most`; null of none."),
]


class VisitCountRead(Output):
    """The applications of one place through one channel."""

    region_code: str
    channel: Channel
    applications: Count
    finished: Annotated[Count, Field(description="What follows counts the finished ones alone.")]
    without_way: Count
    one_way: Count
    two_ways: Count
    more_ways: Count

    @classmethod
    def of(cls, count: VisitCount) -> Self:
        """The figures as they travel."""
        none, one, two, more = count.by_ways
        return cls(
            region_code=code_of(count.region),
            channel=Channel(count.channel),
            applications=count.applications,
            finished=count.finished,
            without_way=none,
            one_way=one,
            two_ways=two,
            more_ways=more,
        )


class VisitReportRead(Output):
    """How many ways people had for their applications. It names nobody."""

    first_day: date
    last_day: date
    region_code: Annotated[str | None, Field(description="The place asked for; null for the caller's whole area.")]
    at_most: Annotated[Count, Field(description="How many ways there should be, by the rule on the last day.")]
    applications: Count
    finished: Count
    share_within: Share
    rows: Annotated[list[VisitCountRead], Field(max_length=MOST_ROWS, description="By place and channel.")]

    @classmethod
    def of(cls, report: VisitReport) -> Self:
        """The report as it travels."""
        return cls(
            first_day=report.period.first,
            last_day=report.period.last,
            region_code=code_of(report.region) if report.region else None,
            at_most=report.at_most,
            applications=sum(count.applications for count in report.counts),
            finished=sum(count.finished for count in report.counts),
            share_within=report.share_within,
            rows=[VisitCountRead.of(count) for count in report.counts],
        )


Seconds = Annotated[float | None, Field(ge=0, description="From submission to decision; null where none was granted.")]


class InstantCountRead(Output):
    """The cases of one benefit in one place."""

    region_code: str
    item: str
    cases: Annotated[Count, Field(description="Cases submitted in these days.")]
    at_once: Annotated[Count, Field(description="Of these, how many were granted in the call that submitted them.")]
    median_seconds: Seconds
    longest_seconds: Seconds

    @classmethod
    def of(cls, count: InstantCount) -> Self:
        """The figures as they travel."""
        return cls(
            region_code=code_of(count.region),
            item=count.item,
            cases=count.cases,
            at_once=count.at_once,
            median_seconds=count.median_seconds,
            longest_seconds=count.longest_seconds,
        )


class InstantReportRead(Output):
    """How much was granted at once. It names nobody."""

    first_day: date
    last_day: date
    region_code: Annotated[str | None, Field(description="The place asked for; null for the caller's whole area.")]
    cases: Count
    at_once: Count
    share: Annotated[float | None, Field(ge=0, le=1, description="The share granted at once; null of none.")]
    rows: Annotated[list[InstantCountRead], Field(max_length=MOST_ROWS, description="By place and item.")]

    @classmethod
    def of(cls, report: InstantReport) -> Self:
        """The report as it travels."""
        return cls(
            first_day=report.period.first,
            last_day=report.period.last,
            region_code=code_of(report.region) if report.region else None,
            cases=report.cases,
            at_once=report.at_once,
            share=report.share,
            rows=[InstantCountRead.of(count) for count in report.counts],
        )


class RatingCountRead(Output):
    """What was said of one unit's service of one item."""

    owner_id: UUID
    owner_code: OwnerCode
    item: str
    suppressed: Annotated[bool, Field(description="Too few have rated: the figures would point at somebody.")]
    ratings: Annotated[int | None, Field(ge=0, description="How many; null where it is suppressed.")]
    by_satisfaction: Annotated[
        dict[Satisfaction, Count] | None, Field(description="How many of each grade; null where it is suppressed.")
    ]
    bad_answered: Annotated[
        int | None, Field(ge=0, description="Of the bad ones, how many were answered; null where it is suppressed.")
    ]

    @classmethod
    def of(cls, count: RatingCount, *, is_shown: bool) -> Self:
        """The figures as they travel, or that there are too few."""
        return cls(
            owner_id=count.owner_id,
            owner_code=count.owner_code,
            item=count.item,
            suppressed=not is_shown,
            ratings=count.ratings if is_shown else None,
            by_satisfaction=dict(count.by_satisfaction) if is_shown else None,
            bad_answered=count.answered if is_shown else None,
        )


class RatingReportRead(Output):
    """How people say they were served. It names nobody."""

    first_day: date
    last_day: date
    minimum_cell: Annotated[Count, Field(description="Fewer ratings than this are not shown as figures.")]
    rows: Annotated[list[RatingCountRead], Field(max_length=MOST_ROWS, description="By unit and item.")]

    @classmethod
    def of(cls, report: RatingReport) -> Self:
        """The report as it travels."""
        return cls(
            first_day=report.period.first,
            last_day=report.period.last,
            minimum_cell=report.minimum_cell,
            rows=[RatingCountRead.of(count, is_shown=report.is_shown(count)) for count in report.counts],
        )


Figure = Annotated[int | None, Field(ge=0, description="Null where it is smaller than `minimum_cell`, and not nought.")]


class UncertifiedCountRead(Output):
    """The ledger of one place, as far as one reason goes."""

    region_code: str
    reason: Annotated[str, Field(max_length=64, description="Why there is no certificate, as a code.")]
    standing: Annotated[Figure, Field(description="How many stand on the ledger today.")]
    opened: Annotated[Figure, Field(description="How many came onto it in these days, whatever became of them.")]


class UncertifiedConversionCountRead(Output):
    """What the ledger of one place has led to in one month."""

    region_code: str
    month: Annotated[date, Field(description="Its first day.")]
    converted: Annotated[Figure, Field(description="How many entries were closed with an application.")]


class UncertifiedReportRead(Output):
    """The ledger of the uncertified in figures. Whoever was taken off is counted nowhere, and nobody is named."""

    first_day: date
    last_day: date
    region_code: Annotated[str | None, Field(description="The place asked for; null for the caller's whole area.")]
    minimum_cell: Annotated[Count, Field(description="Smaller figures than this are not shown.")]
    rows: Annotated[list[UncertifiedCountRead], Field(max_length=MOST_ROWS, description="By place and reason.")]
    conversions: Annotated[
        list[UncertifiedConversionCountRead], Field(max_length=MOST_ROWS, description="By place and month.")
    ]

    @classmethod
    def of(cls, report: UncertifiedReport) -> Self:
        """The report as it travels."""
        return cls(
            first_day=report.period.first,
            last_day=report.period.last,
            region_code=code_of(report.region) if report.region else None,
            minimum_cell=report.minimum_cell,
            rows=[
                UncertifiedCountRead(
                    region_code=code_of(count.region),
                    reason=count.reason,
                    standing=report.shown(count.standing),
                    opened=report.shown(count.opened),
                )
                for count in report.counts
            ],
            conversions=[
                UncertifiedConversionCountRead(
                    region_code=code_of(count.region), month=count.month, converted=report.shown(count.converted)
                )
                for count in report.conversions
            ],
        )


class FoundOfAllRead(Output):
    """What the rules of a service say of all people of a place."""

    met: Count
    not_met: Count
    unknown: Annotated[Count, Field(description="Of whom something is not known that decides it.")]
    receiving: Annotated[Count, Field(description="Of those of whom it is met: how many receive it.")]

    @classmethod
    def of(cls, found: FoundOfAll) -> Self:
        """The figures as they travel."""
        return cls(met=found.met, not_met=found.not_met, unknown=found.unknown, receiving=found.receiving)


class ServiceCountRead(Output):
    """One service of the catalogue, in figures."""

    service: CodedRead
    family: Family
    found: Annotated[
        FoundOfAllRead | None, Field(description="Null where one of its figures is small, and not nought.")
    ]


class EntitlementReportRead(Output):
    """To how many people of a place each service is due, and how many receive it. Nobody is named."""

    region_code: Annotated[str | None, Field(description="The place by whose rules is counted; null for the country.")]
    minimum_cell: Annotated[Count, Field(description="Smaller figures than this are not shown.")]
    rows: Annotated[list[ServiceCountRead], Field(max_length=MOST_ROWS)]

    @classmethod
    def of(cls, report: EntitlementReport, told: Teller) -> Self:
        """The report as it travels."""
        return cls(
            region_code=code_of(report.region) or None,
            minimum_cell=report.minimum_cell,
            rows=[
                ServiceCountRead(
                    service=CodedRead(code=count.service.code, text=told.word(count.service.wording)),
                    family=count.service.family,
                    found=FoundOfAllRead.of(count.found) if report.is_shown(count) else None,
                )
                for count in report.counts
            ],
        )
