"""An entry on the ledger: somebody with needs and without a certificate, who has agreed to be remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self
from uuid import UUID

from app.domain.consent import GuardianConsentNeeded
from app.domain.organisation import Organisation, require_owner
from app.domain.shared.access import Principal
from app.domain.shared.channel import Channel
from app.domain.shared.events import Unnamed
from app.domain.shared.transitions import Allowed, Done, OwnCase
from app.domain.shared.voice import Voice
from app.domain.uncertified_entry import events
from app.domain.uncertified_entry.contact import Contact, ContactOutcome, Report
from app.domain.uncertified_entry.refusals import ContactDayImpossible
from app.domain.uncertified_entry.stages import LIFECYCLE, ClosingGround, EntryAction, EntryStage
from app.domain.uncertified_entry.terms import LedgerTerms

MOST_CONTACTS = 200
"""Of so many contacts an entry keeps the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whom somebody would put on the ledger, and on whose word."""

    person_id: UUID
    region: str
    age: int | None
    """Completed years; None where the date of birth is not known, and nobody is taken for a child."""
    voice: Voice
    """Whose word it was that the person may be on it."""
    owner: Organisation | None
    """Who is to answer; None where there is no such organisation."""
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertifiedEntry:
    """An entry on the ledger of disabled people without a certificate (未持证残疾人台账).

    It holds why there is no certificate, what the person says is needed, who answers and what was told. It holds no
    category, no grade and no guess at one: only doctors conclude those. None of its steps touches `version`: saving
    compares it and counts it up.

    Source: 昌市政办发〔2020〕53号 五(五)1 for the ledger; 个人信息保护法 (2021) arts. 13(1), 29, 31 for the consent, as
    no law orders anybody to be on it.
    """

    id: UUID
    person_id: UUID
    region: str
    reason: str
    """Why there is no certificate (未办证原因), by its code in the rules."""
    needs: tuple[str, ...]
    """Coded needs, as the person names them."""
    owner_id: UUID
    """The organisation that answers: an association with its commissioners, or a federation."""
    voice: Voice
    """Whose word it was that the person may be on the ledger."""
    channel: Channel
    """By which way that word came."""
    opened_by: UUID
    """Who took it down."""
    opened_on: date
    next_contact_on: date
    """The last day of the next contact."""
    contacts: tuple[Contact, ...] = field(repr=False)
    """From the first to the latest."""
    rule_versions: tuple[str, ...] = ()
    stage: EntryStage = EntryStage.OPEN
    closed_on: date | None = None
    ground: ClosingGround | None = None
    converted_to: UUID | None = None
    """The application that it has led to."""
    version: int = 1

    @classmethod
    def open(
        cls, opening: Opening, *, entry_id: UUID, by: Principal, on: date, terms: LedgerTerms
    ) -> tuple[Self, events.EntryOpened]:
        """Put somebody on the ledger (登记入册), on a word that is taken down now. An earlier word never counts.

        Raises:
            OwnCase: an officer takes down the own word, or that of the own ward.
            GuardianConsentNeeded: the person is a child, and it was not a guardian's word.
            UncertifiedReasonUnknown, OwnerNotSuitable, ContactDayImpossible: see there.
        """
        if by.is_concerned(opening.person_id):
            raise OwnCase("Nobody takes down the own word as an officer. Tell another officer.")
        _require_of_age(opening, terms)
        report, owner = opening.report, require_owner(opening.owner, region=opening.region)
        entry = cls(
            id=entry_id,
            person_id=opening.person_id,
            region=opening.region,
            reason=terms.require_known(report.reason or ""),
            needs=report.needs or (),
            owner_id=owner.id,
            voice=opening.voice,
            channel=report.channel,
            opened_by=by.id,
            opened_on=on,
            next_contact_on=_next_day(report, contacted_on=on, on=on, terms=terms),
            contacts=(report.contact(by=by.id, on=on),),
            rule_versions=terms.references,
        )
        return entry, entry._opened()

    @property
    def application_id(self) -> None:
        """An entry is before any application, and belongs to none."""

    @property
    def done(self) -> tuple[Done[EntryStage, EntryAction], ...]:
        """No step of an entry is kept apart from another one."""
        return ()

    @property
    def unnamed(self) -> Unnamed:
        """The entry as its events know it."""
        return Unnamed(id=self.id, region=self.region, version=self.version)

    def is_overdue(self, on: date) -> bool:
        """Say whether a contact was due and has not come."""
        return self.stage is EntryStage.OPEN and self.next_contact_on < on

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do to it and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def record_contact(
        self, report: Report, *, by: Principal, on: date, terms: LedgerTerms
    ) -> tuple[Self, events.ContactRecorded]:
        """Write down a contact or an attempt, what was told and said, and when the next one is due.

        Raises:
            ContactDayImpossible: it lies in the future or before the entry, or the next one would come too late.
            UncertifiedReasonUnknown: the reason is none of the list.
        """
        LIFECYCLE.step(self, EntryAction.RECORD_CONTACT, by=by, on=on)
        contact = report.contact(by=by.id, on=on)
        if not self.opened_on <= contact.on <= on:
            raise ContactDayImpossible(
                f"Give a day from the entry on, {self.opened_on} to {on}.", pointer="/contacted_on"
            )
        known = replace(
            self,
            reason=self.reason if report.reason is None else terms.require_known(report.reason),
            needs=self.needs if report.needs is None else report.needs,
            contacts=_by_day((*self.contacts, contact)),
            next_contact_on=_next_day(report, contacted_on=contact.on, on=on, terms=terms),
        )
        return known, events.ContactRecorded(
            entry_id=self.id,
            channel=contact.channel,
            outcome=contact.outcome,
            reason=known.reason,
            contacted_on=contact.on,
            recorded_by=by.id,
            next_contact_on=known.next_contact_on,
        )

    def hand_over(self, owner: Organisation | None, *, by: Principal, on: date) -> tuple[Self, events.EntryHandedOver]:
        """Let another organisation of the place answer for it.

        Raises:
            OwnerNotSuitable: there is none, or it does not serve people there.
        """
        LIFECYCLE.step(self, EntryAction.HAND_OVER, by=by, on=on)
        handed = replace(self, owner_id=require_owner(owner, region=self.region).id)
        return handed, events.EntryHandedOver(
            entry_id=self.id, owner_id=handed.owner_id, handed_over_by=by.id, handed_over_on=on
        )

    def convert(self, application_id: UUID, *, by: Principal, on: date) -> tuple[Self, events.EntryConverted]:
        """Close it with the application that it has led to."""
        step = LIFECYCLE.step(self, EntryAction.CONVERT, by=by, on=on)
        converted = replace(self, stage=step.stage, closed_on=on, converted_to=application_id)
        return converted, events.EntryConverted(entry_id=self.id, converted_by=by.id, converted_on=on)

    def close(self, ground: ClosingGround, *, by: Principal, on: date) -> tuple[Self, events.EntryClosed]:
        """Close it, because it has ended otherwise. Nobody is closed for not being reached."""
        step = LIFECYCLE.step(self, EntryAction.CLOSE, by=by, on=on)
        closed = replace(self, stage=step.stage, closed_on=on, ground=ground)
        return closed, events.EntryClosed(entry_id=self.id, ground=ground, closed_by=by.id, closed_on=on)

    def take_off(self, *, by: Principal, on: date) -> events.EntryTakenOff:
        """Take it off at the person's word: at any time and without a reason. Nothing of it is left to return."""
        LIFECYCLE.step(self, EntryAction.TAKE_OFF, by=by, on=on)
        return events.EntryTakenOff(entry_id=self.id, taken_off_on=on)

    def _opened(self) -> events.EntryOpened:
        return events.EntryOpened(
            entry_id=self.id,
            reason=self.reason,
            owner_id=self.owner_id,
            voice=self.voice,
            channel=self.channel,
            opened_by=self.opened_by,
            opened_on=self.opened_on,
            next_contact_on=self.next_contact_on,
            rule_versions=self.rule_versions,
        )


def _require_of_age(opening: Opening, terms: LedgerTerms) -> None:
    youngest = terms.own_word_age_years.value
    if opening.voice is Voice.PERSON and opening.age is not None and opening.age < youngest:
        raise GuardianConsentNeeded(
            f"Before the age of {youngest} a guardian says this (个人信息保护法 art. 31), to an officer.", age=youngest
        )


def _next_day(report: Report, *, contacted_on: date, on: date, terms: LedgerTerms) -> date:
    """The last day of the next contact: as the rules ask for, or sooner if so agreed; never a day that has passed."""
    is_reached = report.outcome is ContactOutcome.REACHED
    days = (terms.contact_every_days if is_reached else terms.retry_after_days).value
    latest = max(contacted_on + timedelta(days=days), on)
    chosen = report.next_contact_on or latest
    if not on <= chosen <= latest:
        raise ContactDayImpossible(
            f"The next contact comes today or later, and {days} days after this one at most: until {latest}.",
            pointer="/next_contact_on",
            latest=str(latest),
        )
    return chosen


def _by_day(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    return tuple(sorted(contacts, key=lambda contact: contact.on)[-MOST_CONTACTS:])
