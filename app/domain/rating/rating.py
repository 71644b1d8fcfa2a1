"""One rating of one item: given once, correctable for some days, and answered by the unit where it is bad."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.rating.events import RatingCorrected, RatingFollowedUp, RatingGiven
from app.domain.rating.rules import RatingRules
from app.domain.shared.access import Principal, Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Conflict, Forbidden
from app.domain.shared.voice import NotThePerson, voice_of


class TooEarlyToRate(Conflict):
    """The item is not finished: what is said of it could weigh on its decision."""

    code = "too_early_to_rate"
    title = "The item is not finished yet"


class RatingClosed(Conflict):
    """The days in which a rating may be corrected have passed, or the unit has answered it."""

    code = "rating_closed"
    title = "The rating can no longer be corrected"


class NothingToFollowUp(Conflict):
    """The rating is not bad, or was answered already."""

    code = "nothing_to_follow_up"
    title = "There is nothing to look into"


class NotTheUnit(Forbidden):
    """The rating is of another unit's work."""

    code = "not_the_unit"
    title = "The rating is of another unit"


class Satisfaction(StrEnum):
    """How content somebody is with the service, in the five grades of the whole country.

    Source: 国办发〔2019〕51号 (number from memory, confidence high); the five grades are seen in the measures of many
    places.
    """

    VERY_SATISFIED = "very_satisfied"
    """非常满意"""
    SATISFIED = "satisfied"
    """满意"""
    FAIRLY_SATISFIED = "fairly_satisfied"
    """基本满意"""
    DISSATISFIED = "dissatisfied"
    """不满意"""
    VERY_DISSATISFIED = "very_dissatisfied"
    """非常不满意"""

    @property
    def is_bad(self) -> bool:
        """Say whether the unit has to look into it (差评)."""
        return self in {Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED}


class FollowUpOutcome(StrEnum):
    """What the unit found when it looked into a bad rating."""

    CONFIRMED = "confirmed"
    """属实: it was so, and is being put right."""
    NOT_CONFIRMED = "not_confirmed"
    """不属实"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The unit's answer to a bad rating (差评核实). It does not show itself in logs."""

    outcome: FollowUpOutcome
    answer: str = field(repr=False)
    by: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """The item that is rated, as far as a rating needs it."""

    application_id: UUID
    person_id: UUID
    region: str
    item: str
    owner_id: UUID
    is_finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What somebody says of how an item was served (好差评). Voluntary, once an item, and never a reason for anything.

    Source: 国办发〔2019〕51号: ratings are voluntary, raters are protected, bad ones are looked into and answered.
    """

    id: UUID
    application_id: UUID
    person_id: UUID
    region: str
    item: str
    owner_id: UUID
    """The unit whose work it is about."""
    satisfaction: Satisfaction
    words: str | None = field(default=None, repr=False)
    rated_by: UUID
    rated_on: date
    correctable_until: date
    follow_up_until: date | None = None
    """The last day for the unit's answer; None where none is due."""
    follow_up: FollowUp | None = None
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @classmethod
    def give(
        cls,
        rated: Rated,
        *,
        rating_id: UUID,
        satisfaction: Satisfaction,
        words: str | None,
        by: Principal,
        on: date,
        rules: RatingRules,
        calendar: WorkingCalendar,
        guardians: Collection[UUID] = (),
    ) -> tuple[Self, RatingGiven]:
        """Take in what the person says, or what the portal hands in for the person.

        Raises:
            TooEarlyToRate: the item is not finished.
            NotThePerson: the caller is neither the person, nor a guardian, nor the portal of the application.
        """
        _require_rater(by, rated.person_id, guardians)
        if not rated.is_finished:
            raise TooEarlyToRate("Rate the item once it is finished.")
        rating = cls(
            id=rating_id,
            application_id=rated.application_id,
            person_id=rated.person_id,
            region=rated.region,
            item=rated.item,
            owner_id=rated.owner_id,
            satisfaction=satisfaction,
            words=words,
            rated_by=by.id,
            rated_on=on,
            correctable_until=calendar.last_day_of(rules.correction_working_days.value, after=on),
            follow_up_until=_follow_up_until(satisfaction, on=on, rules=rules, calendar=calendar),
            rule_versions=(rules.correction_working_days.reference, rules.follow_up_working_days.reference),
        )
        return rating, RatingGiven(rating_id=rating_id, item=rated.item, owner_id=rated.owner_id, rated_on=on)

    @property
    def needs_follow_up(self) -> bool:
        """Say whether the unit still has to look into it."""
        return self.satisfaction.is_bad and self.follow_up is None

    def correct(
        self,
        *,
        satisfaction: Satisfaction,
        words: str | None,
        by: Principal,
        on: date,
        rules: RatingRules,
        calendar: WorkingCalendar,
        guardians: Collection[UUID] = (),
    ) -> tuple[Self, RatingCorrected]:
        """Say it differently, while there is time and nobody has answered.

        Raises:
            NotThePerson: the caller is neither the person, nor a guardian, nor the portal of the application.
            RatingClosed: the days have passed, or the unit has answered.
        """
        _require_rater(by, self.person_id, guardians)
        if by.has(Role.PORTAL) and by.id != self.rated_by:
            raise NotThePerson("The person has said this without your system. Ask the person to say it differently.")
        if on > self.correctable_until or self.follow_up is not None:
            raise RatingClosed(f"A rating may be corrected until {self.correctable_until}, and until it is answered.")
        until = self.follow_up_until or _follow_up_until(satisfaction, on=on, rules=rules, calendar=calendar)
        corrected = replace(
            self, satisfaction=satisfaction, words=words, follow_up_until=until if satisfaction.is_bad else None
        )
        return corrected, RatingCorrected(rating_id=self.id, item=self.item, corrected_on=on)

    def answer(self, *, outcome: FollowUpOutcome, text: str, by: Principal, on: date) -> tuple[Self, RatingFollowedUp]:
        """The unit has looked into a bad rating and says what it found.

        Raises:
            NotTheUnit: the caller acts for another unit.
            NothingToFollowUp: the rating is not bad, or was answered.
        """
        if self.owner_id not in by.organisation_ids:
            raise NotTheUnit("Only the unit whose work was rated answers.")
        if not self.needs_follow_up:
            raise NothingToFollowUp("This rating is not a bad one, or was answered already.")
        answered = replace(self, follow_up=FollowUp(outcome=outcome, answer=text, by=by.id, on=on))
        return answered, RatingFollowedUp(rating_id=self.id, item=self.item, followed_up_by=by.id, followed_up_on=on)


def _require_rater(by: Principal, person_id: UUID, guardians: Collection[UUID]) -> None:
    """A portal is let through: that it is a party was settled when the application was found."""
    if not by.has(Role.PORTAL):
        voice_of(by, person_id=person_id, guardians=guardians)


def _follow_up_until(
    satisfaction: Satisfaction, *, on: date, rules: RatingRules, calendar: WorkingCalendar
) -> date | None:
    if not satisfaction.is_bad:
        return None
    return calendar.last_day_of(rules.follow_up_working_days.value, after=on)
