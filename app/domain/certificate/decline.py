"""Why an institution, or a doctor of it, does not evaluate, which reasons the place excuses, and who may say so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.errors import Conflict, Forbidden, Unprocessable
from app.domain.shared.rulebook import Ruled, RulesInForce

WITHIN = "certificate.decline_within"
REASONS = "certificate.decline_reasons"


class DeclineReason(StrEnum):
    """Why an institution, or one of its doctors, does not evaluate (谢绝评定)."""

    DOCTOR_ABSENT = "doctor_absent"
    """A doctor is ill, on leave or serves there no more."""
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    """Somebody there is related to the person, or might be thought partial."""
    EQUIPMENT_NOT_AVAILABLE = "equipment_not_available"
    """What is needed to measure is out of order or not there."""
    NO_CAPACITY = "no_capacity"
    CANNOT_VISIT_HOME = "cannot_visit_home"
    """The person is seen at home, and nobody can go there."""
    OTHER = "other"
    """Nothing of these. It is never excused."""


class DeclineWord(StrEnum):
    """Whose word a decline is."""

    DOCTOR = "doctor"
    """本人谢绝: the doctor who was drawn says so, with the own account."""
    INSTITUTION = "institution"
    """机构谢绝: the institution declines whole, or says that a doctor is absent."""


class NotYourWord(Forbidden):
    """Somebody would decline in the name of a doctor who is there to say so."""

    code = "not_your_word"
    title = "A doctor declines alone"


class SecondWordMissing(Conflict):
    """What takes two people of an institution was said by one, and the same one has said it again."""

    code = "second_word_missing"
    title = "Another person of the institution must say so too"


class DoctorNotDrawn(Unprocessable):
    """Somebody is named who was not drawn for this case: only who was drawn signs, declines and is stood in for."""

    code = "doctor_not_drawn"
    title = "Only the doctors who were drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineSaid:
    """What one person of the institution has said, and another must say as well before it counts (两人确认)."""

    by: UUID
    on: date
    reason: DeclineReason
    doctors: tuple[UUID, ...] = ()
    """The drawn doctors who are said to be absent; empty where the whole institution would decline."""

    def is_second_to(self, said: "DeclineSaid | None") -> bool:
        """Say whether somebody else has said the same before.

        Raises:
            SecondWordMissing: the same person has.
        """
        if said is None or (said.reason, set(said.doctors)) != (self.reason, set(self.doctors)):
            return False
        if said.by == self.by:
            raise SecondWordMissing("You have said so. It counts once another person of the institution says it too.")
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRules:
    """Within which time and for which reasons somebody who was asked is excused, as dated data."""

    within: Ruled[int]
    """Working days after the day of the assignment."""
    reasons: Ruled[frozenset[DeclineReason]]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
            MalformedRule: a reason is named that there is not.
        """
        rule = rules.rule(REASONS)
        try:
            reasons = frozenset(map(DeclineReason, Entry({"all": rule.value}, rule.reference).texts("all")))
        except ValueError as unknown:
            raise MalformedRule(f"{rule.reference}: {unknown}.") from None
        return cls(within=rules.working_days(WITHIN), reasons=Ruled(reasons, rule))

    @property
    def references(self) -> tuple[str, ...]:
        """What is stored to name the rules."""
        return self.within.reference, self.reasons.reference

    def excuse(self, reason: DeclineReason, *, asked_on: date, on: date, calendar: WorkingCalendar) -> bool:
        """Say whether a decline counts as excused: for a reason of the place, and in time."""
        is_in_time = on <= calendar.last_day_of(self.within.value, after=asked_on)
        return is_in_time and reason in self.reasons.value and reason is not DeclineReason.OTHER


def word_of(doctors: Collection[UUID], reason: DeclineReason, *, by: UUID) -> DeclineWord:
    """Whose word a decline is: the institution's for itself and for who is absent, and else the doctor's alone.

    Raises:
        NotYourWord: it would be in the name of a doctor who can say so.
    """
    if set(doctors) == {by}:
        return DeclineWord.DOCTOR
    if by in doctors or (doctors and reason is not DeclineReason.DOCTOR_ABSENT):
        raise NotYourWord(
            "A drawn doctor declines with the own account, and for nobody else. For others the institution says that "
            "they are absent (doctor_absent), or declines as a whole, without doctors."
        )
    return DeclineWord.INSTITUTION


def require_drawn(doctors: Collection[UUID], drawn: Collection[UUID]) -> None:
    """Hold doctors to those who were drawn.

    Raises:
        DoctorNotDrawn: somebody else is among them.
    """
    if set(doctors) - set(drawn):
        named = sorted(map(str, drawn))
        raise DoctorNotDrawn(
            f"Drawn for this case are {', '.join(named)}. Name nobody else. Whoever cannot evaluate "
            "declines, and another is drawn.",
            pointer="/doctors",
            drawn=named,
        )
