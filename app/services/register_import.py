"""Taking another register over: each row is new, the same, otherwise than what is held, or has a problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from app.domain.certificate import Certificate, CertificateRules, CertificateVersion, valid_until
from app.domain.job import Job, JobKind
from app.domain.job.reading import Row, RowProblem
from app.domain.person import Contact, ContactKind, Person, PersonRegistered, Registration
from app.domain.register import (
    CertificateTakenOver,
    Differing,
    EntryUnclear,
    HeldPerson,
    RegisterDiscrepancy,
    RegisterEntry,
    differing,
    entry_of,
)
from app.domain.shared.access import organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Forbidden
from app.domain.shared.region import RegionNotFound, contains
from app.domain.shared.transitions import OwnCase
from app.services.job.orders import JobView, Order, create_job
from app.services.job.table_work import Fields
from app.services.ports.certificate import CertificateNumbers
from app.services.ports.work import UnitOfWork

SHOWN = ("name", "identifiers", "certificate")
ROLES = OPERATIONS["import_register"].roles


class Comparison(StrEnum):
    """What comes of a row that can be right."""

    NEW = "new"
    """No certificate of the person is held; without a dry run it is now."""
    SAME = "same"
    DIFFERS = "differs"
    """An officer settles it; what is held stays as it is until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A row with the place that manages its certificate, and with whom it was found to be about."""

    entry: RegisterEntry
    region: str
    residence: str
    held: HeldPerson | None

    @property
    def differing(self) -> tuple[Differing, ...]:
        """What it says otherwise."""
        return differing(self.entry, self.held) if self.held else ()

    @property
    def comparison(self) -> Comparison:
        """What comes of it."""
        if self.differing:
            return Comparison.DIFFERS
        return Comparison.SAME if self.held and self.held.card else Comparison.NEW


async def import_register(order: Order, *, uow: UnitOfWork) -> JobView:
    """Order that a register be taken over; the officer's areas bound it row by row, and a second person lets it in.

    Raises:
        InputUnreadable, ColumnsMissing: the table is not one that can be read.
        DryRunMissing, NotYourFunction: see `hold`.
    """
    return await create_job(replace(order, kind=JobKind.REGISTER_IMPORT), uow=uow)


class RegisterImportWork:
    """Compares a chunk with the register by one statement, and takes in what is new by one statement a table."""

    fields = ("outcome", "differs", "held", "given")
    compares_when_dry = True

    def __init__(self, numbers: CertificateNumbers) -> None:
        self._numbers = numbers

    def asked(self, row: Row, _job: Job) -> RegisterEntry:
        """What a row says.

        Raises:
            DomainError: it cannot be right.
        """
        entry = entry_of(row.values)
        self._numbers.take(entry.certificate_number)
        return entry

    async def answers(
        self, asked: Sequence[RegisterEntry], *, job: Job, uow: UnitOfWork
    ) -> Sequence[Fields | RowProblem]:
        """What comes of each row; what is new goes in, and what differs is put down for an officer."""
        held = await uow.register_discrepancies.held(asked)
        within = None if job.is_dry_run else await _approved_area(job, uow=uow)
        found = list(_placed(asked, held, within=within, uow=uow))
        placed = [one for one in found if isinstance(one, Placed)]
        uow.accessed(*(one.held.person_id for one in placed if one.held), disclosed=SHOWN)
        if job.is_dry_run:
            await uow.register_imports.note_named(job.id, [entry.citizen_number for entry in asked])
        else:
            await _taken_over(placed, job, uow=uow)
        return [one if isinstance(one, RowProblem) else _fields(one) for one in found]


async def _approved_area(job: Job, *, uow: UnitOfWork) -> str:
    """The county whose second person has let the table in: nothing goes in anywhere else.

    Raises:
        ImportNotApproved: nobody has.
    """
    approved = await uow.register_imports.get(job.id)
    approved.require_approved()
    return approved.region


def _placed(
    asked: Sequence[RegisterEntry], held: Mapping[str, HeldPerson], *, within: str | None, uow: UnitOfWork
) -> Iterator[Placed | RowProblem]:
    seen: set[str] = set()
    for entry in asked:
        try:
            region = uow.regions.by_code(entry.registration_code).path
            residence = uow.regions.by_code(entry.residence_code).path
        except RegionNotFound as refusal:
            yield RowProblem(refusal.code, "registration_code")
            continue
        placed = Placed(entry=entry, region=region, residence=residence, held=held.get(entry.citizen_number))
        if within is not None and not contains(within, region):
            yield RowProblem("outside_your_area", "registration_code")
            continue
        problem = _problem_of(placed, is_repeated=entry.citizen_number in seen, uow=uow)
        seen.add(entry.citizen_number)
        yield problem or placed


def _problem_of(placed: Placed, *, is_repeated: bool, uow: UnitOfWork) -> RowProblem | None:
    if not _is_ours(placed.region, uow=uow):
        return RowProblem("outside_your_area", "registration_code")
    if placed.entry.issued_on > uow.today:
        return RowProblem(EntryUnclear.code, "issued_on")
    if is_repeated:
        return RowProblem("repeated_in_table", "citizen_number")
    held = placed.held
    if held is not None and uow.actor.is_concerned(held.person_id):
        return RowProblem(OwnCase.code, "citizen_number")
    is_elsewhere = held is not None and not any(_is_ours(place, uow=uow) for place in held.places)
    if is_elsewhere or (held and held.card and not _is_ours(held.card.region, uow=uow)):
        return RowProblem("held_elsewhere", "citizen_number")
    return None


def _is_ours(path: str, *, uow: UnitOfWork) -> bool:
    return any(own.role in ROLES and contains(own.region, path) for own in uow.actor.memberships)


async def _taken_over(placed: Sequence[Placed], job: Job, *, uow: UnitOfWork) -> None:
    """People first, as intake; then certificates and discrepancies, as work of the place."""
    unknown = [one for one in placed if one.held is None]
    registered = [_registered(one, uow=uow) for one in unknown]
    await uow.register_discrepancies.take_in([person for person, _ in registered])
    await uow.step_back()
    for person, event in registered:
        uow.record(event, about=replace(person, region=person.registration_region))
    persons = {one.entry.citizen_number: person for one, (person, _) in zip(unknown, registered, strict=True)}
    for one in placed:
        if one.comparison is Comparison.NEW:
            holder = one.held.person_id if one.held else persons[one.entry.citizen_number].id
            certificate = certificate_of(one.entry, region=one.region, uow=uow, holder=holder)
            uow.register_discrepancies.take_over(certificate, one.entry, clock_id=uow.clock_id)
            taken_over = CertificateTakenOver(
                certificate_id=certificate.id, job_id=job.id, issued_on=one.entry.issued_on, taken_over_on=uow.today
            )
            uow.record(taken_over, about=certificate)
    await _put_down([one for one in placed if one.comparison is Comparison.DIFFERS], job, uow=uow)


async def _put_down(placed: Sequence[Placed], job: Job, *, uow: UnitOfWork) -> None:
    opened = [
        RegisterDiscrepancy.open(
            one.entry,
            one.held,
            one.differing,
            discrepancy_id=uow.new_id(),
            job_id=job.id,
            region=one.region,
            at=uow.now,
            on=uow.today,
            by=uow.actor.id,
        )
        for one in placed
        if one.held is not None
    ]
    added = await uow.register_discrepancies.put_down([discrepancy for discrepancy, _ in opened])
    for discrepancy, event in opened:
        if discrepancy.id in added:
            uow.record(event, about=discrepancy)


def _registered(placed: Placed, *, uow: UnitOfWork) -> tuple[Person, PersonRegistered]:
    entry, today = placed.entry, uow.today
    written = ((ContactKind.PHONE, entry.phone), (ContactKind.ADDRESS, entry.address))
    registration = Registration(
        name=entry.name,
        region=placed.residence,
        registration_region=placed.region,
        citizen_number=entry.holder_number,
        contacts=tuple(Contact(kind=kind, value=value, valid_from=today) for kind, value in written if value),
    )
    return Person.register(registration, person_id=uow.new_id(), on=today, clock_id=uow.clock_id)


def certificate_of(entry: RegisterEntry, *, region: str, uow: UnitOfWork, holder: UUID) -> Certificate:
    """The certificate that a row names, as the first card of its holder here.

    Raises:
        Forbidden: the caller acts for no federation of the place.
    """
    federation = organisation_of(uow.actor, ROLES, region=region)
    if federation is None:
        raise Forbidden("You hold no appointment for this in the place of the row.")
    return Certificate(
        id=uow.new_id(),
        person_id=holder,
        region=region,
        accepting_organisation_id=federation,
        approving_organisation_id=federation,
        versions=(card_of(entry, number=1, region=region, uow=uow),),
    )


def card_of(entry: RegisterEntry, *, number: int, region: str, uow: UnitOfWork) -> CertificateVersion:
    """The card that a row names.

    Source: 残疾人证管理办法 (2017), art. 19: valid for so many years from its issue.
    """
    rules = CertificateRules.of(uow.rulebook.at(region, uow.today))
    return CertificateVersion(
        version=number,
        number=entry.certificate_number,
        category=entry.category,
        components=entry.components,
        grade=entry.grade,
        issued_on=entry.issued_on,
        valid_until=valid_until(entry.issued_on, years=rules.validity_years.value),
    )


def _fields(placed: Placed) -> Fields:
    masked = [(one.part.value, *one.masked()) for one in placed.differing]
    return {
        "outcome": placed.comparison.value,
        "differs": " ".join(part for part, _, _ in masked) or None,
        "held": "; ".join(f"{part}: {held}" for part, held, _ in masked) or None,
        "given": "; ".join(f"{part}: {given}" for part, _, given in masked) or None,
    }
