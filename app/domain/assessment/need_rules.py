"""The coded needs, and the rules that say which answers may mean which need; taken from the rulebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self
from uuid import UUID

from app.domain.assessment.assessment import Assessment
from app.domain.assessment.instrument import Answer, Purpose, chosen_of
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.errors import Unprocessable
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording

NEED_CATALOGUE = "catalogue.needs"
SECTIONS = "needs.sections"
PROPOSALS = "needs.proposals"
BOUND_PURPOSES = "needs.bound_purposes"


class UnknownNeed(Unprocessable):
    """No need of the catalogue is called so."""

    code = "unknown_need"
    title = "The catalogue has no such need"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCode:
    """A coded need: a section of the yearly survey, and the item in it. The item alone tells needs apart.

    Source: sections of 全国残疾人基本服务状况和需求信息数据动态更新.
    """

    section: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedType:
    """What the catalogue knows of a need: its code, the family of services that meets it, and its name."""

    code: NeedCode
    family: str
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What led to a need: an assessment, the answers and the bands in it that did, and the rule that says so."""

    assessment_id: UUID
    instrument: str
    answers: Mapping[str, Answer] = field(repr=False)
    bands: Mapping[str, str] = field(repr=False)
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A need that there may be."""

    code: NeedCode
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRule:
    """One rule: with this instrument, any one of these answers, or of these bands, may mean this need."""

    need: str
    instrument: str
    answers: Mapping[str, tuple[str, ...]]
    bands: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read a rule.

        Raises:
            MalformedRule: it has neither answers nor bands, or something that nobody reads.
        """
        entry.require_only("need", "instrument", "answers", "bands")
        rule = cls(
            need=entry.text("need"),
            instrument=entry.text("instrument"),
            answers=_choices(entry, "answers"),
            bands=_choices(entry, "bands"),
        )
        if not (rule.answers or rule.bands):
            raise MalformedRule(f"{entry.where} names neither answers nor bands.")
        return rule

    def evidence_in(self, assessment: Assessment, *, reference: str) -> Evidence | None:
        """What in an assessment leads to the need; None if nothing does."""
        answers = _matching(assessment.answers.given, self.answers)
        bands = {scheme: band for scheme, band in assessment.result.bands.items() if band in self.bands.get(scheme, ())}
        if assessment.instrument != self.instrument or not (answers or bands):
            return None
        return Evidence(
            assessment_id=assessment.id, instrument=self.instrument, answers=answers, bands=bands, rule=reference
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRules:
    """What holds for needs in a region on a day."""

    types: Mapping[str, NeedType]
    """By item, in the order of the catalogue."""
    proposals: tuple[ProposalRule, ...]
    families_of_purpose: Mapping[Purpose, frozenset[str]]
    """The families of services that an assessment for such a purpose may serve; any, where the purpose is not named."""
    reference: str
    """The rule that proposes, as a decision stores it."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
            MalformedRule: a need lies in no section, or a rule proposes a need that is not in the catalogue.
        """
        listed = rules.entries(PROPOSALS)
        sections = {
            item: section.text("code") for section in rules.entries(SECTIONS).value for item in section.texts("items")
        }
        types = {item.text("code"): _need_type(item, sections) for item in rules.entries(NEED_CATALOGUE).value}
        proposals = tuple(ProposalRule.of(entry) for entry in listed.value)
        if unknown := sorted({rule.need for rule in proposals} - set(types)):
            raise MalformedRule(f"{PROPOSALS} proposes needs that are not in the catalogue: {', '.join(unknown)}.")
        return cls(
            types=MappingProxyType(types),
            proposals=proposals,
            families_of_purpose={
                Purpose(entry.text("purpose")): frozenset(entry.texts("families"))
                for entry in rules.entries(BOUND_PURPOSES).value
            },
            reference=listed.reference,
        )

    def code_of(self, item: str) -> NeedCode:
        """The coded need of an item.

        Raises:
            UnknownNeed: the catalogue has no such item.
        """
        if item not in self.types:
            raise UnknownNeed("The catalogue has no such need. Choose one of those under /v1/instruments.")
        return self.types[item].code

    def propose(self, assessment: Assessment) -> tuple[Proposal, ...]:
        """The needs that the answers of an assessment may mean, each once, in the order of the rules.

        Source: 残疾人教育条例 art. 20: an assessment for education serves nothing but education and rehabilitation.
        """
        found: dict[str, Proposal] = {}
        for rule in self.proposals:
            evidence = rule.evidence_in(assessment, reference=self.reference)
            need = self.types[rule.need]
            if evidence is not None and rule.need not in found and self._may_serve(assessment.purpose, need):
                found[rule.need] = Proposal(code=need.code, evidence=evidence)
        return tuple(found.values())

    def _may_serve(self, purpose: Purpose, need: NeedType) -> bool:
        return purpose not in self.families_of_purpose or need.family in self.families_of_purpose[purpose]


def _need_type(item: Entry, sections: Mapping[str, str]) -> NeedType:
    code = item.text("code")
    if code not in sections:
        raise MalformedRule(f"The need {code} lies in no section of {SECTIONS}.")
    return NeedType(
        code=NeedCode(section=sections[code], item=code), family=item.text("family"), wording=Wording.of(item)
    )


def _choices(entry: Entry, key: str) -> Mapping[str, tuple[str, ...]]:
    if not entry.has(key):
        return {}
    choices = entry.entry(key)
    return {code: choices.texts(code) for code in choices.fields}


def _matching(given: Mapping[str, Answer], wanted: Mapping[str, tuple[str, ...]]) -> Mapping[str, Answer]:
    """The answers that led there; of several to one item, those that did."""
    found: dict[str, Answer] = {}
    for code, choices in wanted.items():
        answer = given.get(code, "")
        if led := tuple(chosen for chosen in chosen_of(answer) if chosen in choices):
            found[code] = answer if isinstance(answer, str) else led
    return found
