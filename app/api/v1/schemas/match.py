"""Matches as they travel: each service with what speaks for and against it."""

from collections.abc import Iterable
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.catalogue import ServiceSummary
from app.api.v1.schemas.types import Input, Output
from app.api.v1.schemas.wording import CodedRead, SentenceRead
from app.domain.catalogue import Feature
from app.domain.entitlement import DeclaredFlag
from app.domain.matching import Aspect, Criterion, Excluded, Match, Side
from app.domain.person import Language
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from app.services.facts import Declared
from app.services.matching import Matched, Question

MAX_MATCHES = 50
MAX_NAMED = 100
ServiceCode = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
Points = Annotated[int, Field(ge=0, le=100)]


class MatchRequest(Input):
    """For which confirmed need services are looked for, and the person's side of it."""

    need_id: UUID
    languages: Annotated[
        list[Language],
        Field(max_length=4, description="Languages that the person speaks; the preferred one if empty."),
    ] = Field(default_factory=list)
    features: Annotated[
        list[Feature], Field(max_length=8, description="What a place must have so that the person can use it.")
    ] = Field(default_factory=list)
    preferred_organisation_ids: Annotated[
        list[UUID], Field(max_length=10, description="In the person's own order, the dearest first.")
    ] = Field(default_factory=list)
    declared_flags: Annotated[
        dict[DeclaredFlag, bool], Field(max_length=10, description="What only the person can say.")
    ] = Field(default_factory=dict)
    receiving: Annotated[
        dict[ServiceCode, bool],
        Field(max_length=20, description="Services and benefits that the person says to receive, or not to."),
    ] = Field(default_factory=dict)
    limit: Annotated[int, Field(ge=1, le=MAX_MATCHES, description="How many services at most.")] = 10

    def to_question(self) -> Question:
        """The question in the words of the use case."""
        return Question(
            need_id=self.need_id,
            languages=frozenset(language.value for language in self.languages),
            features=frozenset(feature.value for feature in self.features),
            preferred_providers=tuple(self.preferred_organisation_ids),
            declared=Declared(flags=self.declared_flags, receiving=self.receiving),
            limit=self.limit,
        )


class AspectRead(Output):
    """What one criterion says of a service."""

    criterion: Criterion
    points: Points
    side: Side
    reason: SentenceRead


class MatchRead(Output):
    """A service that the person may have, how well it fits, and why."""

    service: ServiceSummary
    score: Annotated[Points, Field(description="How well it fits: the weighted points of all criteria.")]
    finding: Annotated[Finding, Field(description="`met`, or `unknown` where evidence is still to be shown.")]
    evidence: Annotated[list[SentenceRead], Field(max_length=20, description="What is still to be shown.")]
    reasons_for: Annotated[list[SentenceRead], Field(max_length=20)]
    reasons_against: Annotated[list[SentenceRead], Field(max_length=20)]
    aspects: Annotated[list[AspectRead], Field(max_length=20, description="The score taken apart.")]


class ExcludedRead(Output):
    """Services of one code that the person may not have, for one cause, and what would change it."""

    code: Annotated[str, Field(max_length=32)]
    count: Annotated[int, Field(ge=1, le=1_000_000, description="How many services these are.")]
    service_ids: Annotated[list[UUID], Field(max_length=MAX_NAMED, description="Some of them, if they are many.")]
    reasons: Annotated[list[SentenceRead], Field(max_length=50)]
    remedies: Annotated[list[SentenceRead], Field(max_length=50, description="What would change it; empty if nothing.")]
    source: Annotated[str | None, Field(max_length=500, description="The law that says so.")]


class MatchesRead(Output):
    """What there is for a need, best first. Nothing is decided by it: people choose."""

    need_id: UUID
    person_id: UUID
    need: CodedRead
    considered: Annotated[int, Field(ge=0, le=1_000_000, description="How many services meet the need in all.")]
    ranked: Annotated[list[MatchRead], Field(max_length=MAX_MATCHES)]
    excluded: Annotated[list[ExcludedRead], Field(max_length=100)]
    rule_versions: Annotated[list[str], Field(max_length=20, description="The rules by which services are compared.")]

    @classmethod
    def of(cls, matched: Matched, told: Teller) -> Self:
        """The answer as it travels."""
        scribe = _Scribe(matched, told)
        matches = matched.matches
        return cls(
            need_id=matched.need.id,
            person_id=matched.need.person_id,
            need=CodedRead(code=matches.need, text=told.word(matched.names[matches.need])),
            considered=matches.considered,
            ranked=[scribe.match(one) for one in matches.ranked],
            excluded=[scribe.excluded(one) for one in matches.excluded],
            rule_versions=list(matches.rule_versions),
        )


class _Scribe:
    """Writes matches down in one caller's language."""

    def __init__(self, matched: Matched, told: Teller) -> None:
        self._matched = matched
        self._told = told

    def match(self, match: Match) -> MatchRead:
        return MatchRead(
            service=ServiceSummary.of(self._matched.offered[match.service_id], self._told),
            score=match.score,
            finding=match.finding,
            evidence=self._sentences(match.evidence),
            reasons_for=self._sentences(match.reasons_for),
            reasons_against=self._sentences(match.reasons_against),
            aspects=[self._aspect(aspect) for aspect in match.aspects],
        )

    def excluded(self, excluded: Excluded) -> ExcludedRead:
        return ExcludedRead(
            code=excluded.code,
            count=len(excluded.service_ids),
            service_ids=list(excluded.service_ids[:MAX_NAMED]),
            reasons=self._sentences(excluded.reasons),
            remedies=self._sentences(excluded.remedies),
            source=excluded.citation,
        )

    def _aspect(self, aspect: Aspect) -> AspectRead:
        return AspectRead(
            criterion=aspect.criterion, points=aspect.points, side=aspect.side, reason=self._sentence(aspect.reason)
        )

    def _sentences(self, reasons: Iterable[Reason]) -> list[SentenceRead]:
        return [self._sentence(reason) for reason in reasons]

    def _sentence(self, reason: Reason) -> SentenceRead:
        return SentenceRead.naming(reason, self._told, self._matched.names)
