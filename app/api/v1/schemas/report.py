"""Reports, as they travel."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from app.api.v1.schemas.types import Count, Output
from app.domain.application import Channel
from app.domain.shared.region import code_of
from app.services.ports.visit import VisitCount
from app.services.report import VisitReport

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
