"""A person's consent that one organisation is told certain things for one purpose, from a day to a day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.consent import events
from app.domain.consent.purpose import SharingPurpose
from app.domain.consent.refusals import (
    ConsentDaysImpossible,
    FieldsNotShared,
    GuardianConsentNeeded,
    ReceiverNotSuitable,
)
from app.domain.consent.rules import ConsentRules
from app.domain.consent.stages import LIFECYCLE, ConsentAction, ConsentStage
from app.domain.shared.access import Principal
from app.domain.shared.authz import PersonField
from app.domain.shared.channel import Channel
from app.domain.shared.rulebook import Ruled
from app.domain.shared.span import months_after
from app.domain.shared.transitions import Allowed, Done, OwnCase
from app.domain.shared.voice import Capacity, Voice, Word

ConsentStep: TypeAlias = Done[ConsentStage, ConsentAction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What a person would agree to: who is told what of the person, what for, and from when to when."""

    person_id: UUID
    region: str
    age: int | None
    """Completed years; None where the date of birth is not known, and nobody is taken for a child."""
    receiver_id: UUID
    receiver_kind: str | None
    """None where there is no such organisation."""
    purpose: SharingPurpose
    fields: frozenset[PersonField]
    valid_from: date | None = None
    """Today, unless said."""
    valid_to: date | None = None
    """As long as the purpose allows, unless said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person's consent (个人同意) to one sharing. Each change needs a new one; what was agreed to never changes.

    Source: 个人信息保护法 (2021) arts. 14, 23, 29.
    """

    id: UUID
    person_id: UUID
    region: str
    receiver_id: UUID
    purpose: str
    fields: frozenset[PersonField]
    valid_from: date
    valid_to: date
    voice: Voice
    """Whose word it was."""
    channel: Channel
    assisted_by: UUID | None
    """Who took it down for the person, or gave it in the person's place."""
    stage: ConsentStage = ConsentStage.GIVEN
    done: tuple[ConsentStep, ...] = ()
    withdrawn_on: date | None = None
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @classmethod
    def give(
        cls,
        sharing: Sharing,
        word: Word,
        *,
        consent_id: UUID,
        by: Principal,
        on: date,
        rules: ConsentRules,
        channel: Channel = Channel.COUNTER,
    ) -> tuple[Self, events.ConsentGiven]:
        """Agree (同意); `channel` is by which way an officer was told, for a person's own word comes through a portal.

        Raises:
            OwnCase: an officer takes down the own word, or that of the own ward.
            GuardianConsentNeeded: the person is a child, and it was not a guardian's word.
            ConsentNotAsked, ReceiverNotSuitable, FieldsNotShared: the purpose does not provide for it.
            ConsentDaysImpossible: it cannot last so.
        """
        voice = _voice_of(word, by=by, person_id=sharing.person_id)
        _require_of_age(sharing.age, voice, rules.own_word_age_years)
        _require_provided(sharing)
        first, last = _days_of(sharing, on=on, longest=rules.validity_months)
        step: ConsentStep = Done(action=ConsentAction.GIVE, stage=ConsentStage.GIVEN, on=on, by=by.id)
        consent = cls(
            id=consent_id,
            person_id=sharing.person_id,
            region=sharing.region,
            receiver_id=sharing.receiver_id,
            purpose=sharing.purpose.code,
            fields=sharing.fields,
            valid_from=first,
            valid_to=last,
            voice=voice,
            channel=channel if word.capacity is Capacity.STAFF else Channel.PORTAL,
            assisted_by=None if by.person_id == sharing.person_id else by.id,
            done=(step,),
            rule_versions=(sharing.purpose.reference, *_used(rules)),
        )
        return consent, consent._given(by=by, on=on)

    @property
    def application_id(self) -> None:
        """A consent is the person's, and no application's."""

    def is_in_force(self, on: date) -> bool:
        """Say whether it opens anything on a day."""
        return self.stage is ConsentStage.GIVEN and self.valid_from <= on <= self.valid_to

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def withdraw(
        self, word: Word, *, age: int | None, by: Principal, on: date, rules: ConsentRules
    ) -> tuple[Self, events.ConsentWithdrawn]:
        """Take it back (撤回同意): at any time, without a reason, by whoever may give it.

        Source: 个人信息保护法 (2021) art. 15. What was done before stays right.

        Raises:
            NotYourFunction, IllegalTransition: as `Lifecycle.step` says.
            OwnCase, GuardianConsentNeeded: as where it is given.
        """
        step = LIFECYCLE.step(self, ConsentAction.WITHDRAW, by=by, on=on)
        voice = _voice_of(word, by=by, person_id=self.person_id)
        _require_of_age(age, voice, rules.own_word_age_years)
        withdrawn = replace(self, stage=step.stage, done=(*self.done, step), withdrawn_on=on)
        return withdrawn, events.ConsentWithdrawn(
            consent_id=self.id,
            receiver_id=self.receiver_id,
            purpose=self.purpose,
            voice=voice,
            withdrawn_by=by.id,
            withdrawn_on=on,
        )

    def _given(self, *, by: Principal, on: date) -> events.ConsentGiven:
        return events.ConsentGiven(
            consent_id=self.id,
            receiver_id=self.receiver_id,
            purpose=self.purpose,
            fields=named(self.fields),
            voice=self.voice,
            channel=self.channel,
            given_by=by.id,
            given_on=on,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            rule_versions=self.rule_versions,
        )


def named(fields: frozenset[PersonField]) -> tuple[str, ...]:
    """Groups of fields in their order."""
    return tuple(group.value for group in PersonField if group in fields)


def _voice_of(word: Word, *, by: Principal, person_id: UUID) -> Voice:
    if word.said_by is None:
        return Voice.PERSON if word.capacity is Capacity.PERSON else Voice.GUARDIAN
    if by.is_concerned(person_id):
        raise OwnCase("Nobody takes down their own word as an officer. Say it yourself, or tell another officer.")
    return word.said_by


def _require_of_age(age: int | None, voice: Voice, own_word: Ruled[int]) -> None:
    if voice is Voice.PERSON and age is not None and age < own_word.value:
        raise GuardianConsentNeeded(
            f"Before the age of {own_word.value} a guardian says this (个人信息保护法 art. 31): with their own token "
            "if on record as one, else to an officer.",
            age=own_word.value,
        )


def _require_provided(sharing: Sharing) -> None:
    purpose = sharing.purpose
    purpose.require_asked()
    if sharing.receiver_kind not in purpose.receivers:
        raise ReceiverNotSuitable(
            f"For {purpose.code} one of these is told: {', '.join(sorted(purpose.receivers))}. "
            "Look it up under GET /v1/organisations.",
            pointer="/receiver_id",
        )
    if not sharing.fields or not sharing.fields <= purpose.shares:
        raise FieldsNotShared(
            f"For {purpose.code} name one or more of these, and nothing else: {', '.join(named(purpose.shares))}.",
            pointer="/fields",
        )


def _days_of(sharing: Sharing, *, on: date, longest: Ruled[int]) -> tuple[date, date]:
    first = sharing.valid_from or on
    latest = months_after(first, longest.value) - timedelta(days=1)
    last = sharing.valid_to or latest
    if not on <= first <= last <= latest:
        raise ConsentDaysImpossible(
            f"A consent begins today or later, and lasts {longest.value} months at most: here until {latest}. "
            "It may be given anew then.",
            pointer="/valid_to",
            latest=str(latest),
        )
    return first, last


def _used(rules: ConsentRules) -> tuple[str, str]:
    return rules.own_word_age_years.reference, rules.validity_months.reference
