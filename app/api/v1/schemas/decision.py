"""Decisions, as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Output, Version
from app.domain.decision import Fact, Ground, Matter, Outcome, Remedy
from app.domain.shared.access import Role
from app.domain.shared.finding import Finding
from app.domain.shared.region import code_of
from app.domain.shared.wording import Wording
from app.services.decision import DecisionView

ONE_OF_SEVERAL = {"components": "categories", "needs": "needs", "receiving": "benefits", "flags": "flags"}
"""Facts of which there are several, and how their words call one of them."""
SPOKEN = {"economic_status": "statuses", "category": "categories", "agreed_by": "voice"}
"""Facts whose value is a code with words of its own."""


class DeciderRead(Output):
    """Who decided."""

    role: Annotated[Role | None, Field(description="The post; null where it followed from a day that had passed.")]
    organisation_id: Annotated[UUID | None, Field(description="For which organisation.")]
    organisation: Annotated[str | None, Field(max_length=200, description="What it is called.")]
    account_id: Annotated[UUID | None, Field(description="The account that decided; told to auditors alone.")]

    @classmethod
    def of_view(cls, view: DecisionView, teller: Teller) -> Self:
        """Who decided, as this caller may know it."""
        own = view.organisation
        return cls(
            role=view.of.by.role,
            organisation_id=view.of.by.organisation_id,
            organisation=teller.word(Wording(zh=own.name, en=own.name_en)) if own else None,
            account_id=view.account_id,
        )


class GroundRead(Output):
    """One reason, in words, with the law behind it."""

    code: Annotated[str, Field(max_length=64)]
    finding: Finding
    text: Annotated[str, Field(max_length=1000, description="As it was said on the day of the decision.")]
    source: Annotated[str, Field(max_length=500, description="Law and article.")]

    @classmethod
    def of(cls, ground: Ground, teller: Teller) -> Self:
        """The reason in the caller's language."""
        return cls(code=ground.code, finding=ground.finding, text=teller.word(ground.wording), source=ground.source)


class FactRead(Output):
    """One fact that was weighed, as it was known on the day."""

    code: Annotated[str, Field(max_length=64)]
    value: Annotated[bool | int | str | None, Field(description="Null where it was not known.")]
    text: Annotated[str, Field(max_length=500, description="What the fact is, and its value, in words.")]

    @classmethod
    def of(cls, fact: Fact, teller: Teller) -> Self:
        """The fact in the caller's language."""
        said = teller.say("pair", {"what": named(fact, teller), "told": spoken(fact, teller)})
        return cls(code=fact.code, value=fact.value, text=said)


class RemedyRead(Output):
    """How one turns against it."""

    body: Annotated[str, Field(max_length=64, description="Code of the body that hears the appeal.")]
    body_name: Annotated[str, Field(max_length=200)]
    days: Annotated[int, Field(ge=0, le=365)]
    unit: Annotated[str, Field(max_length=32, description="`working_days` or `calendar_days`.")]
    last_day: Annotated[date, Field(description="The last day for it; later, where the person is told later.")]
    source: Annotated[str, Field(max_length=500, description="Law and article.")]
    text: Annotated[str, Field(max_length=1000, description="The same in a sentence.")]

    @classmethod
    def of(cls, remedy: Remedy, teller: Teller) -> Self:
        """The appeal in the caller's language."""
        parameters = {"body": remedy.body, "last_day": remedy.last_day, "days": remedy.days, "unit": remedy.unit}
        return cls(
            body=remedy.body,
            body_name=teller.say(f"body.{remedy.body}"),
            days=remedy.days,
            unit=remedy.unit,
            last_day=remedy.last_day,
            source=remedy.source,
            text=teller.say("decision.appeal", parameters),
        )


class DecisionSummary(Output):
    """A decision in a list."""

    id: UUID
    person_id: UUID
    application_id: UUID | None
    region_code: str
    matter: Matter
    case_id: Annotated[UUID, Field(description="The case, or the plan, that was decided.")]
    item: Annotated[str | None, Field(max_length=64, description="The item of the package; null for a plan.")]
    outcome: Outcome
    decided_on: Annotated[date, Field(description="The legal day of the decision.")]
    appeal_until: Annotated[date | None, Field(description="The last day for an appeal; null where none is open.")]
    replaces: Annotated[UUID | None, Field(description="The decision in whose place it stands.")]
    decided_by: DeciderRead
    version: Version

    @classmethod
    def of_view(cls, view: DecisionView, teller: Teller) -> Self:
        """The decision as a line."""
        decision = view.of
        return cls(
            id=decision.id,
            person_id=decision.person_id,
            application_id=decision.application_id,
            region_code=code_of(decision.region),
            matter=decision.matter,
            case_id=decision.case_id,
            item=decision.item,
            outcome=decision.outcome,
            decided_on=decision.decided_on,
            appeal_until=decision.remedy.last_day if decision.remedy else None,
            replaces=decision.replaces,
            decided_by=DeciderRead.of_view(view, teller),
            version=decision.version,
        )


class DecisionRead(DecisionSummary):
    """A decision whole: what, why, by which rules and facts, by whom, and how one turns against it."""

    decided_at: Annotated[datetime, Field(description="By the clock that the case runs on.")]
    text: Annotated[str, Field(max_length=2000, description="What the office says in its own words.")]
    grounds: Annotated[list[GroundRead], Field(max_length=100)]
    facts: Annotated[
        list[FactRead] | None,
        Field(max_length=200, description="The facts that were weighed; null where the caller may not know them."),
    ]
    rule_versions: Annotated[list[str], Field(max_length=100)]
    told_as: ToldAs
    remedy: Annotated[RemedyRead | None, Field(description="How one turns against it; null where no law opens a way.")]
    language: Annotated[str, Field(max_length=16, description="The language that counts.")]

    @classmethod
    def of_view(cls, view: DecisionView, teller: Teller) -> Self:
        """The decision as one caller sees it."""
        decision = view.of
        return cls(
            **dict(DecisionSummary.of_view(view, teller)),
            decided_at=decision.decided_at,
            text=decision.content.text,
            grounds=[GroundRead.of(ground, teller) for ground in decision.content.grounds],
            facts=None if view.facts is None else [FactRead.of(fact, teller) for fact in view.facts],
            rule_versions=list(decision.rule_versions),
            told_as=ToldAsRead.of(decision.person_id, teller),
            remedy=RemedyRead.of(decision.remedy, teller) if decision.remedy else None,
            language=decision.language,
        )


def named(fact: Fact, teller: Teller) -> str:
    """What a fact is called."""
    kind, _, one = fact.code.partition(".")
    return teller.say(f"fact.{kind}", {ONE_OF_SEVERAL.get(kind, "one"): one})


def spoken(fact: Fact, teller: Teller) -> str:
    """The value of a fact in words."""
    match fact.value:
        case None:
            return teller.say("fact_value.unknown")
        case bool():
            return teller.say("fact_value.true" if fact.value else "fact_value.false")
        case str() if family := SPOKEN.get(fact.code):
            code = f"{family}.{fact.value}"
            said = teller.say(code)
            return fact.value if said == code else said
        case _:
            return str(fact.value)
