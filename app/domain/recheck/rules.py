"""When somebody is to look at a running grant, and what is no news: by what is on record, and by the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.recheck.recheck import RecheckStage
from app.domain.recheck.trigger import Trigger, triggers_of
from app.domain.shared.region import Level, area_at, contains
from app.domain.shared.span import month_of, months_after

CHECK_TRIGGERS = "subsidy.check_triggers"
"""What makes somebody look again in a place."""
RECHECK_WITHIN = "subsidy.recheck"
"""The working days within which somebody has looked."""
PERIODIC_CHECK = "subsidy.periodic_check"
"""The months after which somebody looks though nothing has changed."""


@dataclass(frozen=True, slots=True)
class Looked:
    """That a grant is being looked at for a reason, or was, and when."""

    case_id: UUID
    trigger: Trigger
    stage: RecheckStage
    on: date
    """The day on which it was decided; of an open one, on which it was opened."""

    def is_settled(self, on: date, *, months: int) -> bool:
        """Say whether the same finding is no news on a day: it is being looked at, or was decided upon not long ago."""
        return self.stage is RecheckStage.OPEN or on < months_after(self.on, months)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """What is on record of a running grant and of its person, as far as it may make somebody look."""

    region: str
    """The place that pays."""
    granted_on: date
    unmet: tuple[str, ...]
    """The codes of the conditions that are not met."""
    has_changed_certificate: bool
    """Whether category or grade are others than when it was decided."""
    registered_in: str | None
    """Where the household registration lies; None where the person is not known to the place any more."""
    has_twin: bool
    """Whether the person has the same benefit by another case."""


def has_ended(last_month: date | None, on: date) -> bool:
    """Say whether nothing is due any more for the month of a day.

    >>> has_ended(date(2026, 10, 1), date(2026, 11, 1)), has_ended(date(2026, 11, 1), date(2026, 11, 30))
    (True, False)
    """
    return last_month is not None and last_month < month_of(on)


def found_in(record: OnRecord) -> tuple[Trigger, ...]:
    """What has changed by what is on record. A registration that moves within its county changes nothing."""
    found = dict.fromkeys(triggers_of(record.unmet))
    if record.has_changed_certificate and Trigger.CERTIFICATE_NOT_IN_FORCE not in found:
        found[Trigger.GRADE_CHANGED] = None
    county = area_at(record.region, Level.COUNTY)
    if record.registered_in is None or not contains(county, record.registered_in):
        found[Trigger.REGISTRATION_MOVED] = None
    if record.has_twin:
        found[Trigger.DUPLICATE] = None
    return tuple(found)


def due_triggers(record: OnRecord, looked: Iterable[Looked], *, on: date, months: int) -> tuple[Trigger, ...]:
    """Why somebody is to look at a grant on a day, but for what is being looked at, or was not long ago.

    The calendar alone is a reason once so many months have passed since somebody decided, and nothing else is one.
    """
    looks = tuple(looked)
    settled = {look.trigger for look in looks if look.is_settled(on, months=months)}
    found = tuple(trigger for trigger in found_in(record) if trigger not in settled)
    last = max([record.granted_on, *(look.on for look in looks if look.stage is not RecheckStage.OPEN)])
    is_due = months_after(last, months) <= on and Trigger.PERIODIC not in settled
    return (Trigger.PERIODIC,) if is_due and not found else found
