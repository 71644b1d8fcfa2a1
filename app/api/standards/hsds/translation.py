"""Our catalogue in the words of HSDS 3.1. Ids of what has none with us follow from what they belong to."""

from collections.abc import Iterable
from datetime import time
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from app.api.language import Language
from app.api.standards.hsds import shapes as hsds
from app.api.texts import Teller
from app.domain.capacity import Places
from app.domain.catalogue import Family, Location, Phone, Schedule, Service, ServiceStatus
from app.domain.shared.region import code_of
from app.domain.shared.wording import Wording
from app.services.directory import Listed, ListedAt, ProviderWithServices, id_at
from app.services.directory_terms import Terms, id_of_taxonomy, id_of_term
from app.services.ports.directory import Modified, Providing

FEN: Final = 100
HOURS_FROM_UTC: Final = 8
"""All of China keeps one time."""
_STATUS = {status: status.value.replace("_", " ") for status in ServiceStatus}


def service_listed(listed: Listed, told: Teller) -> hsds.ServiceListedShape:
    """A service with what there is once of it."""
    service, other = listed.offered.service, _other(told)
    return hsds.ServiceListedShape(
        id=service.id,
        organization_id=service.organisation_id,
        name=told.word(service.name),
        alternate_name=other.word(service.name),
        description=told.word(service.description),
        status=_STATUS[service.status],  # type: ignore[arg-type]  # the same words with a space
        minimum_age=listed.ages.at_least,
        maximum_age=listed.ages.at_most,
        eligibility_description=listed.kind.source if listed.kind else None,
        last_modified=listed.offered.modified_at,
        organization=organization_of(listed.provider, told),
    )


def service_minimal(modified: Modified, _told: Teller) -> hsds.ServiceMinimalShape:
    """No more of a service than when it was changed."""
    return hsds.ServiceMinimalShape(id=modified.service_id, modified_date=modified.modified_at)


def service_alone(listed: Listed, told: Teller) -> hsds.ServiceShape:
    """A service without whatever there is several times of it."""
    return hsds.ServiceShape(**vars(service_listed(listed, told)))


def service_of(listed: Listed, told: Teller) -> hsds.ServiceShape:
    """A service with everything."""
    service = listed.offered.service
    return hsds.ServiceShape(
        **vars(service_listed(listed, told)),
        phones=_phones(service.phones, of=service.id),
        schedules=_schedules(service.schedules, of=service.id, told=told),
        service_areas=[_area(area, listed, told) for area in service.serves] or None,
        service_at_locations=[_at(location, service, told) for location in service.locations] or None,
        languages=[_language(tag, service, told) for tag in sorted(service.languages)],
        cost_options=[_cost(service)],
        required_documents=[
            hsds.RequiredDocumentShape(id=uuid5(service.id, f"document/{code}"), document=code)
            for code in service.documents
        ]
        or None,
        capacities=_capacities(listed.offered.places, service, told),
        attributes=_attributes(listed, told),
    )


def organization_of(provider: Providing, told: Teller) -> hsds.OrganizationShape:
    """Who offers services."""
    name = Wording(zh=provider.organisation.name, en=provider.organisation.name_en)
    return hsds.OrganizationShape(
        id=provider.organisation.id,
        name=told.word(name),
        alternate_name=_other(told).word(name),
        description=told.say(f"hsds.provider_kind.{provider.kind}"),
    )


def organization_with_services(found: ProviderWithServices, told: Teller) -> hsds.OrganizationWithServicesShape:
    """Who offers services, and which."""
    services = [service_of(listed, told) for listed in found.services]
    return hsds.OrganizationWithServicesShape(**vars(organization_of(found.provider, told)), services=services)


def at_location_of(found: ListedAt, told: Teller) -> hsds.ServiceAtLocationWithServiceShape:
    """A service at one of its places, with both."""
    at = _at(found.location, found.listed.offered.service, told)
    return hsds.ServiceAtLocationWithServiceShape(**vars(at), service=service_listed(found.listed, told))


def _at(location: Location, service: Service, told: Teller) -> hsds.ServiceAtLocationShape:
    return hsds.ServiceAtLocationShape(
        id=id_at(service.id, location.id),
        service_id=service.id,
        location_id=location.id,
        location=_location(location, told),
    )


def _location(location: Location, told: Teller) -> hsds.LocationShape:
    return hsds.LocationShape(
        id=location.id,
        location_type="physical",
        name=told.word(location.name),
        alternate_name=_other(told).word(location.name),
        external_identifier=code_of(location.region),
        external_identifier_type="GB/T 2260",
        accessibility=[
            hsds.AccessibilityShape(id=uuid5(location.id, feature), description=told.say(f"features.{feature}"))
            for feature in sorted(location.features)
        ]
        or None,
        schedules=_schedules(location.schedules, of=location.id, told=told),
        phones=_phones(location.phones, of=location.id),
    )


def _schedules(schedules: Iterable[Schedule], *, of: UUID, told: Teller) -> list[hsds.ScheduleShape] | None:
    return [
        hsds.ScheduleShape(
            id=uuid5(of, f"schedule/{number}"),
            freq=schedule.frequency.value,
            interval=1,
            byday=schedule.by_day,
            bymonthday=schedule.by_month_day,
            opens_at=_hour(schedule.opens_at),
            closes_at=_hour(schedule.closes_at),
            timezone=HOURS_FROM_UTC,
            valid_from=schedule.valid_from,
            valid_to=schedule.valid_to,
            description=told.word(schedule.note) if schedule.note else None,
        )
        for number, schedule in enumerate(schedules)
    ] or None


def _hour(hour: time) -> str:
    return f"{hour:%H:%M}+{HOURS_FROM_UTC:02}:00"


def _phones(phones: Iterable[Phone], *, of: UUID) -> list[hsds.PhoneShape] | None:
    return [
        hsds.PhoneShape(id=uuid5(of, f"phone/{phone.number}"), number=phone.number, type=phone.kind.value)
        for phone in phones
    ] or None


def _area(path: str, listed: Listed, told: Teller) -> hsds.ServiceAreaShape:
    region = listed.regions[path]
    name = region.name_en if told.language is Language.ENGLISH and region.name_en else region.name
    return hsds.ServiceAreaShape(
        id=uuid5(listed.offered.id, f"area/{path}"), name=name, extent=code_of(path), extent_type="text"
    )


def _language(tag: str, service: Service, told: Teller) -> hsds.LanguageShape:
    return hsds.LanguageShape(
        id=uuid5(service.id, f"language/{tag}"), name=told.say(f"languages.{tag}"), code=tag.partition("-")[0]
    )


def _cost(service: Service) -> hsds.CostOptionShape:
    return hsds.CostOptionShape(id=uuid5(service.id, "cost"), currency="CNY", amount=service.cost_fen / FEN)


def _capacities(places: Places | None, service: Service, told: Teller) -> list[hsds.CapacityShape] | None:
    """Only what a provider has said at an instant: the standard wants to know when."""
    if places is None or places.updated_at is None:
        return None
    unit = hsds.UnitShape(id=uuid5(NAMESPACE_URL, f"unit/{places.unit}"), name=told.say(f"hsds.unit.{places.unit}"))
    return [
        hsds.CapacityShape(
            id=uuid5(service.id, "capacity"),
            unit=unit,
            available=places.available,
            maximum=places.maximum,
            updated=places.updated_at,
        )
    ]


def _attributes(listed: Listed, told: Teller) -> list[hsds.AttributeShape]:
    service = listed.offered.service
    named = [
        *[("terms", term.code, term.wording) for term in listed.terms],
        *([("services", listed.kind.code, listed.kind.wording)] if listed.kind else []),
    ]
    worded = [(taxonomy, code, told.word(words)) for taxonomy, code, words in named]
    family = ("families", service.family.value, told.say(f"families.{service.family}"))
    needs = [("needs", need, told.say(f"needs.{need}")) for need in sorted(service.meets)]
    return [_attribute(service, term, told) for term in (family, *worded, *needs)]


def _attribute(service: Service, said: tuple[str, str, str], told: Teller) -> hsds.AttributeShape:
    taxonomy, code, name = said
    term = _term(said, told)
    return hsds.AttributeShape(
        id=uuid5(service.id, f"{taxonomy}/{code}"),
        link_id=service.id,
        link_entity="service",
        taxonomy_term_id=term.id,
        label=name,
        taxonomy_term=term,
    )


def taxonomy_of(name: str, told: Teller) -> hsds.TaxonomyShape:
    """Where terms are taken from."""
    return hsds.TaxonomyShape(id=id_of_taxonomy(name), name=name, description=told.say(f"hsds.taxonomy.{name}"))


def _term(said: tuple[str, str, str], told: Teller) -> hsds.TermShape:
    taxonomy, code, name = said
    detail = taxonomy_of(taxonomy, told)
    return hsds.TermShape(
        id=id_of_term(taxonomy, code),
        code=code,
        name=name,
        description=name,
        taxonomy=taxonomy,
        taxonomy_detail=detail,
    )


def terms_of(found: Terms, told: Teller) -> list[hsds.TermShape]:
    """All terms of all taxonomies, by their names and codes."""
    named = [
        *(("families", family.value, told.say(f"families.{family}")) for family in Family),
        *(("needs", need, told.word(words)) for need, words in found.needs.items()),
        *(("services", kind.code, told.word(kind.wording)) for kind in found.services),
        *(("terms", term.code, told.word(term.wording)) for term in found.terms),
    ]
    return [_term(said, told) for said in named]


def _other(told: Teller) -> Teller:
    language = Language.ENGLISH if told.language is Language.CHINESE else Language.CHINESE
    return Teller(told.texts, language)
