"""What the rulebook knows of the services of the catalogue, whoever offers them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from app.domain.catalogue.service import Family, ProviderKind, Service
from app.domain.shared.entry import Entry
from app.domain.shared.errors import Unprocessable
from app.domain.shared.rulebook import Rule, RulesInForce
from app.domain.shared.wording import Wording

SERVICES = "service."
"""Prefix of the subjects that describe the services of the catalogue."""
TAXONOMY = "catalogue.taxonomy"


class NotThisService(Unprocessable):
    """What is offered is not what the catalogue calls so."""

    code = "not_this_service"
    title = "The catalogue describes this service otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """A second way to look services up: devices, subsidies, insurance, transport, housing."""

    code: str
    wording: Wording
    services: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceType:
    """One service of the catalogue (服务项目), as the rules describe it."""

    code: str
    family: Family
    wording: Wording
    provider_kinds: frozenset[ProviderKind]
    meets: frozenset[str]
    evidence: tuple[str, ...]
    exclusive_with: frozenset[str]
    """Services that a person does not receive together with this one."""
    source: str
    reference: str

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """Read it from a rule."""
        entry = Entry(rule.value, rule.reference)
        return cls(
            code=entry.text("code"),
            family=Family(entry.text("family")),
            wording=Wording.of(entry),
            provider_kinds=frozenset(ProviderKind(kind) for kind in entry.texts("provider_kinds")),
            meets=frozenset(entry.texts("meets")),
            evidence=entry.texts("evidence"),
            exclusive_with=frozenset(entry.texts("exclusive_with")),
            source=rule.source,
            reference=rule.reference,
        )

    def require_same(self, service: Service) -> None:
        """Hold what is offered to what the catalogue says.

        Raises:
            NotThisService: it is of another family, meets other needs, or such a provider does not offer it.
        """
        if (service.code, service.family) != (self.code, self.family):
            raise NotThisService(f"{self.code} belongs to the family {self.family}.", pointer="/family")
        if not service.meets <= self.meets:
            others = ", ".join(sorted(service.meets - self.meets))
            raise NotThisService(f"{self.code} does not meet {others}. Leave it out.", pointer="/meets")
        if service.provider_kind not in self.provider_kinds:
            kinds = ", ".join(sorted(self.provider_kinds))
            raise NotThisService(f"{self.code} is offered by {kinds} only.", pointer="/provider_kind")


def service_types(rules: RulesInForce) -> Mapping[str, ServiceType]:
    """All services of the catalogue in force, by code."""
    found = (ServiceType.of(rule) for rule in rules.under(SERVICES))
    return MappingProxyType({kind.code: kind for kind in found})


def taxonomies(rules: RulesInForce) -> tuple[Taxonomy, ...]:
    """The terms by which services are also looked up.

    Raises:
        NoRuleInForce: there are none for the region and the day.
    """
    return tuple(
        Taxonomy(code=term.text("code"), wording=Wording.of(term), services=frozenset(term.texts("services")))
        for term in rules.entries(TAXONOMY).value
    )
