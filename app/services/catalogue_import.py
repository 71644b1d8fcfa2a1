"""Taking a catalogue over from a table: each row is new, the same, otherwise than what is held, or has a problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from app.domain.catalogue import (
    Difference,
    Listing,
    Service,
    ServiceChanged,
    ServiceListed,
    ServiceType,
    changed,
    differences,
    listed,
    needs_word,
    proposed_anew,
    service_types,
    stage_of_new,
)
from app.domain.job import Job, JobKind
from app.domain.job.reading import Row, RowProblem
from app.domain.organisation import Organisation, OrganisationKind
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import DomainError, Unprocessable
from app.domain.shared.events import Unnamed
from app.domain.shared.region import contains
from app.services.job.orders import JobView, Order, put_on_record
from app.services.job.table_work import Fields
from app.services.ports.catalogue import Offered
from app.services.ports.work import UnitOfWork

OVERWRITES = "overwrite"
ROLES = OPERATIONS["import_catalogue"].roles
REPEATED, ELSEWHERE, OF_ANOTHER = "repeated_service", "service_elsewhere", "service_of_another"
"""Codes of rows: the same service again, one of another area, and one of another provider or of everybody's sandbox."""
NOBODY = UUID(int=0)


class ListingOutcome(StrEnum):
    """What comes of a row that can be right."""

    NEW = "new"
    """Without a dry run the service is in the catalogue now."""
    SAME = "same"
    DIFFERS = "differs"
    """What is held stays as it is: nobody has said that it is to be overwritten."""
    CHANGED = "changed"
    """Without a dry run it is in the catalogue as the row says."""


class ServiceTypeUnknown(Unprocessable):
    """The rules of the place know no such service."""

    code = "service_type_unknown"
    title = "The rules here know no such service"


class ProviderUnknown(Unprocessable):
    """No organisation has this code, and the row does not say what it is called."""

    code = "provider_unknown"
    title = "The provider is not on record"


@dataclass(slots=True)
class _Chunk:
    """What a chunk has found, and what is to be written at its end."""

    areas: tuple[str, ...]
    providers: dict[str, Organisation]
    speaking: frozenset[UUID]
    """Providers who can answer for what is said in their name, and are asked."""
    held: Mapping[UUID, Offered]
    own: frozenset[UUID]
    """Those on record that the caller's own catalogue holds; a sandbox shares others, which nobody changes."""
    seen: set[UUID] = field(default_factory=set)
    fresh: dict[str, Organisation] = field(default_factory=dict)
    """Providers that are not on record yet, by their codes."""
    bringing_in: set[UUID] = field(default_factory=set)
    """Those of them that a row without a problem names."""
    added: list[Service] = field(default_factory=list)
    changed: list[tuple[Service, tuple[str, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a row is about, and what it says."""

    key: UUID
    listing: Listing
    kind: ServiceType
    held: Service | None
    provider: Organisation
    said: Mapping[str, object]


async def import_catalogue(order: Order, *, overwrite: bool, uow: UnitOfWork) -> JobView:
    """Order that a table of services and who offers them be taken over; the officer's areas bound it row by row.

    Raises:
        InputUnreadable, ColumnsMissing: the table is not one that can be read.
    """
    async with uow:
        job = replace(order, kind=JobKind.CATALOGUE_IMPORT, parameters={OVERWRITES: overwrite})
        return await uow.commit(await put_on_record(job, uow=uow))


class CatalogueImportWork:
    """Compares a chunk with the catalogue by few statements, and writes it by one for each table.

    Ids follow from what rows say, so that a chunk that is done again finds what it has brought in.
    """

    fields = ("outcome", "service_id", "provider", "stage", "differs", "held", "given")
    compares_when_dry = True

    def asked(self, row: Row, _job: Job) -> Listing:
        """What a row says.

        Raises:
            ListingUnclear, InvalidOrganisationCode: it cannot be read.
        """
        return Listing.of(row.values)

    async def answers(self, asked: Sequence[Listing], *, job: Job, uow: UnitOfWork) -> Sequence[Fields | RowProblem]:
        """What comes of each row, in their order."""
        ids = {_service_id(one, uow=uow) for one in asked}
        providers = dict(await uow.organisations.of_codes({one.provider.value for one in asked}))
        chunk = _Chunk(
            areas=await _areas(uow),
            providers=providers,
            speaking=await uow.organisations.speaking({one.id for one in providers.values()}),
            held=await uow.services.get_many(ids),
            own=await uow.services.own(ids),
        )
        found = [_answer(one, chunk, job, uow=uow) for one in asked]
        if not job.is_dry_run:
            await _write(chunk, job, uow=uow)
        return found


async def _areas(uow: UnitOfWork) -> tuple[str, ...]:
    """Where the caller serves a federation: nobody else says what the catalogue holds."""
    serving = [own for own in uow.actor.memberships if own.role in ROLES]
    known = await uow.organisations.get_many({own.organisation_id for own in serving})
    return tuple(
        own.region
        for own in serving
        if own.organisation_id in known and known[own.organisation_id].kind is OrganisationKind.FEDERATION
    )


def _answer(listing: Listing, chunk: _Chunk, job: Job, *, uow: UnitOfWork) -> Fields | RowProblem:
    key = _service_id(listing, uow=uow)
    if key in chunk.seen:
        return RowProblem(REPEATED, "key")
    chunk.seen.add(key)
    try:
        found = _found(listing, chunk, uow=uow)
        return (
            found
            if isinstance(found, RowProblem)
            else _compared(found, chunk, overwrites=_overwrites(job), on=uow.today)
        )
    except DomainError as refusal:
        return RowProblem(refusal.code, (refusal.pointer or "").removeprefix("/"))


def _found(listing: Listing, chunk: _Chunk, *, uow: UnitOfWork) -> _Found | RowProblem:
    """What a row is about, where that is the caller's to say."""
    key = _service_id(listing, uow=uow)
    region = listing.region(uow.regions)
    kind = service_types(uow.rulebook.at(region, uow.today)).get(listing.code)
    if kind is None:
        raise ServiceTypeUnknown("Look the code up in the catalogue of services.", pointer="/code")
    held = chunk.held[key].service if key in chunk.held else None
    if not all(_is_ours(place, chunk) for place in (region, *((held.region,) if held else ()))):
        return RowProblem(ELSEWHERE, "region_code")
    provider = _provider(listing, region, chunk, uow=uow)
    if held is None and listing.service_id is not None:
        return RowProblem(OF_ANOTHER, "service_id")
    if held is not None and (held.organisation_id != provider.id or held.id not in chunk.own):
        return RowProblem(OF_ANOTHER, "provider_code")
    said = listing.said_of(held, kind=kind, regions=uow.regions, location_id=uuid5(key, "location"))
    return _Found(key=key, listing=listing, kind=kind, held=held, provider=provider, said=said)


def _compared(found: _Found, chunk: _Chunk, *, overwrites: bool, on: date) -> Fields:
    differ = (*(differences(found.held, found.said) if found.held else ()), *_provider_differs(found))
    outcome, service = _outcome(found, chunk, differ, overwrites=overwrites, on=on)
    is_new = found.provider.code in chunk.fresh
    if is_new:
        chunk.bringing_in.add(found.provider.id)
    return {
        "outcome": outcome.value,
        "service_id": str(found.key),
        "provider": "new" if is_new else "on_record",
        "stage": service.stage.value,
        "differs": ", ".join(one.field for one in differ) or None,
        "held": "; ".join(one.held for one in differ) or None,
        "given": "; ".join(one.given for one in differ) or None,
    }


def _outcome(
    found: _Found, chunk: _Chunk, differ: Sequence[Difference], *, overwrites: bool, on: date
) -> tuple[ListingOutcome, Service]:
    """What comes of the row, and the service as it is then."""
    kind, said, held, provider = found.kind, found.said, found.held, found.provider
    if held is None:
        stage = stage_of_new(provider.id, speaking=chunk.speaking)
        new = listed(said, service_id=found.key, organisation_id=provider.id, kind=kind, stage=stage)
        chunk.added.append(new)
        return ListingOutcome.NEW, new
    names = tuple(one.field for one in differ if one.field in said)
    if not names:
        return ListingOutcome.DIFFERS if differ else ListingOutcome.SAME, held
    other = changed(held, said, kind=kind)  # what could not be is told now rather than when it is to be written
    if not overwrites:
        return ListingOutcome.DIFFERS, held
    if provider.id in chunk.speaking and needs_word(held, said):
        other = proposed_anew(other, on=on)
    chunk.changed.append((other, names))
    return ListingOutcome.CHANGED, other


def _provider(listing: Listing, region: str, chunk: _Chunk, *, uow: UnitOfWork) -> Organisation:
    """Who offers it: whoever is on record under the code, or whom the table brings in."""
    code, name = listing.provider.value, listing.provider_name
    if code in chunk.providers:
        return chunk.providers[code]
    if code not in chunk.fresh:
        if name is None:
            raise ProviderUnknown("This provider is not on record. Give its name.", pointer="/provider_name")
        chunk.fresh[code] = Organisation(
            id=uuid5(uow.clock_id or NOBODY, f"organisation/{code}"),
            kind=OrganisationKind.PROVIDER,
            name=name.zh,
            name_en=name.en,
            region=region,
            code=code,
        )
    return chunk.fresh[code]


def _provider_differs(found: _Found) -> tuple[Difference, ...]:
    """That a provider on record is called otherwise is told, and never written over."""
    name, provider = found.listing.provider_name, found.provider
    if name is None or name.zh in {provider.name, provider.name_en}:
        return ()
    return (Difference(field="provider_name", held=provider.name, given=name.zh),)


def _overwrites(job: Job) -> bool:
    return bool(job.parameters.get(OVERWRITES))


def _is_ours(path: str, chunk: _Chunk) -> bool:
    return any(contains(area, path) for area in chunk.areas)


def _service_id(listing: Listing, *, uow: UnitOfWork) -> UUID:
    if listing.service_id is not None:
        return listing.service_id
    return uuid5(uow.clock_id or NOBODY, f"service/{listing.provider.value}/{listing.key}")


async def _write(chunk: _Chunk, job: Job, *, uow: UnitOfWork) -> None:
    fresh = [one for one in chunk.fresh.values() if one.id in chunk.bringing_in]
    await uow.organisations.add_many(fresh, clock_id=uow.clock_id)
    await uow.services.add_many(chunk.added, at=uow.now)
    await uow.services.change_many([service for service, _ in chunk.changed], at=uow.now)
    for service in chunk.added:
        event = ServiceListed(service_id=service.id, job_id=job.id, listed_by=uow.actor.id, stage=service.stage)
        uow.record(event, about=Unnamed(id=service.id, region=service.region, version=service.version))
    for service, names in chunk.changed:
        told = ServiceChanged(
            service_id=service.id, job_id=job.id, changed=names, changed_by=uow.actor.id, stage=service.stage
        )
        uow.record(told, about=Unnamed(id=service.id, region=service.region, version=service.version))
