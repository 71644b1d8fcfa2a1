"""Explanations of entitlement as they travel: each service with its reasons, and with what would turn it."""

from collections.abc import Iterable
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.match import ServiceCode
from app.api.v1.schemas.types import Fen, Input, Output
from app.api.v1.schemas.wording import CodedRead, SentenceRead
from app.domain.catalogue import Family
from app.domain.entitlement import DeclaredFlag
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from app.services.entitlement import AmountView, EntitlementQuestion, EntitlementsView, EntitlementView
from app.services.facts import Declared


class EntitlementsRequest(Input):
    """Of whom it is asked, and what the person says to it. What is said is kept nowhere."""

    person_id: UUID
    declared_flags: Annotated[
        dict[DeclaredFlag, bool], Field(max_length=10, description="What only the person can say.")
    ] = Field(default_factory=dict)
    receiving: Annotated[
        dict[ServiceCode, bool],
        Field(max_length=20, description="Services and benefits that the person says to receive, or not to."),
    ] = Field(default_factory=dict)

    def to_question(self) -> EntitlementQuestion:
        """The question in the words of the use case."""
        declared = Declared(flags=self.declared_flags, receiving=self.receiving)
        return EntitlementQuestion(person_id=self.person_id, declared=declared)


class AmountDueRead(Output):
    """What is due in money where the conditions are met. The two differ where it is not known which tier counts."""

    least_fen: Annotated[Fen, Field(description="Due for certain.")]
    most_fen: Annotated[Fen, Field(description="Due at most, whatever comes to be known.")]
    unit: Annotated[str, Field(max_length=32, description="`fen`, `fen_per_month` or `fen_per_year`.")]
    rule_version: Annotated[str, Field(max_length=200, description="The rule that says so.")]

    @classmethod
    def of(cls, amount: AmountView) -> Self:
        """The amount as it travels."""
        due = amount.due
        return cls(least_fen=due.least, most_fen=due.most, unit=amount.unit, rule_version=amount.reference)


class EntitlementRead(Output):
    """One service of the catalogue: what the rules find, and why."""

    service: CodedRead
    family: Family
    finding: Annotated[Finding, Field(description="`met`, `not_met`, or `unknown` where evidence is to be shown.")]
    reasons: Annotated[list[SentenceRead], Field(max_length=50, description="The fewest facts that settle it.")]
    remedies: Annotated[
        list[SentenceRead],
        Field(max_length=50, description="The nearest change, or missing evidence, that would turn it; empty if none."),
    ]
    amount: AmountDueRead | None
    source: Annotated[str, Field(max_length=500, description="The law that says so.")]
    rule_versions: Annotated[list[str], Field(max_length=20, description="The rules by which it was judged.")]

    @classmethod
    def of(cls, one: EntitlementView, view: EntitlementsView, told: Teller) -> Self:
        """One service as it travels."""
        explanation = one.explanation

        def sentences(reasons: Iterable[Reason]) -> list[SentenceRead]:
            return [SentenceRead.naming(reason, told, view.names) for reason in reasons]

        return cls(
            service=CodedRead(code=one.service.code, text=told.word(one.service.wording)),
            family=one.service.family,
            finding=explanation.finding,
            reasons=sentences(explanation.reasons),
            remedies=sentences(explanation.remedies),
            amount=AmountDueRead.of(one.amount) if one.amount else None,
            source=explanation.citation,
            rule_versions=list(explanation.rule_versions),
        )


class EntitlementsRead(Output):
    """The whole catalogue for one person: first what is met, then what is not known, then what is not met."""

    person_id: UUID
    services: Annotated[list[EntitlementRead], Field(max_length=200)]

    @classmethod
    def of(cls, view: EntitlementsView, told: Teller) -> Self:
        """The answer as it travels."""
        return cls(person_id=view.person_id, services=[EntitlementRead.of(one, view, told) for one in view.services])
