"""Visits that are planned: on which days a provider comes; they move with the referral, and rest while it rests."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time

from app.domain.referral.change import Pause
from app.domain.shared.errors import Unprocessable


class AppointmentImpossible(Unprocessable):
    """A planned visit cannot be on its day."""

    code = "appointment_impossible"
    title = "Nobody can come on this day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One visit that is planned (预约服务): on a day and, where it was agreed, at an hour."""

    on: date
    at: time | None = None
    """By the clock of the place."""


def scheduled(
    held: Iterable[Appointment], said: Collection[Appointment], *, since: date, on: date
) -> tuple[Appointment, ...]:
    """What has been, and what is said of the days to come in place of what was said before.

    Raises:
        AppointmentImpossible: a day has been, stands there twice at one hour, or lies before the service begins.
    """
    if len(set(said)) != len(said) or any(one.on < max(since, on) for one in said):
        raise AppointmentImpossible(
            f"Name days from {max(since, on)} on, each once or at another hour.", pointer="/appointments"
        )
    return (*before(on, held), *sorted(said, key=lambda one: (one.on, one.at or time.min)))


def before(day: date, appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Those that were on days before."""
    return tuple(one for one in appointments if one.on < day)


def from_then_on(day: date, appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Those that are still to come, which go with a referral that moves."""
    return tuple(one for one in appointments if one.on >= day)


def rests(appointment: Appointment, pauses: Iterable[Pause]) -> bool:
    """Say whether nobody comes because the service rests: on a day of a pause that was, or is thought to be, one.

    >>> from app.domain.referral.change import PauseReason
    >>> away = Pause(reason=PauseReason.AWAY, since=date(2026, 11, 2), expected_until=date(2026, 11, 4))
    >>> [rests(Appointment(on=date(2026, 11, day)), [away]) for day in (1, 2, 4, 5)]
    [False, True, True, False]
    """
    return any(_rests(appointment.on, pause) for pause in pauses)


def _rests(day: date, pause: Pause) -> bool:
    if pause.resumed_on is not None:
        return pause.since <= day < pause.resumed_on
    return pause.since <= day and (pause.expected_until is None or day <= pause.expected_until)
