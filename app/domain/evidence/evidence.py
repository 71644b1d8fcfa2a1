"""Evidence: what shows a fact about a person, where it comes from, how sure it is, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Self
from uuid import UUID

from app.domain.evidence.events import EvidenceRecorded, EvidenceVerified
from app.domain.evidence.kind import EvidenceKind, EvidenceSource
from app.domain.evidence.refusals import EvidenceDatesImpossible, EvidenceNotOfThisKind, EvidenceOriginImpossible
from app.domain.evidence.rules import EvidenceRules
from app.domain.person import FactSource
from app.domain.shared.access import BY_PARTY, Principal, Role, has_function, organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.transitions import Allowed, Done, Lifecycle, NotYourFunction, OwnCase, Transition


class EvidenceOrigin(StrEnum):
    """In which way evidence came here. Nobody chooses a class: it follows from the way."""

    REGISTER = "register"
    """An office has looked it up with the authority that keeps the register."""
    EARLIER_ITEM = "earlier_item"
    """Another item of the person has given it."""
    COUNTER = "counter"
    """An office has seen the original."""
    UPLOAD = "upload"
    DECLARATION = "declaration"
    """The person says so and answers for it (告知承诺)."""

    @property
    def assurance(self) -> FactSource:
        """The class of what comes this way. Source: 国办函〔2016〕108号."""
        return _CLASSES[self]


_CLASSES: Mapping[EvidenceOrigin, FactSource] = MappingProxyType(
    {
        EvidenceOrigin.REGISTER: FactSource.AUTHORITY,
        EvidenceOrigin.EARLIER_ITEM: FactSource.AUTHORITY,
        EvidenceOrigin.COUNTER: FactSource.COUNTER,
        EvidenceOrigin.UPLOAD: FactSource.UPLOADED,
        EvidenceOrigin.DECLARATION: FactSource.DECLARED,
    }
)


class EvidenceAction(StrEnum):
    """What may be done to evidence."""

    VERIFY = "verify"
    """原件核验"""


LIFECYCLE: Lifecycle[FactSource, EvidenceAction] = Lifecycle(
    noun="evidence",
    start=FactSource.UPLOADED,
    steps={
        EvidenceAction.VERIFY: Transition.through(
            "verify_evidence", sources=[FactSource.UPLOADED], target=FactSource.COUNTER
        )
    },
    apart=frozenset({EvidenceAction.VERIFY}),
)
"""How evidence becomes surer: a named officer compares what was uploaded with its original. It never does by itself.

Source: 国办函〔2016〕108号: class C is to be compared with the original; class B was, and is used again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file: what names it for ever, and what it is. Its name on somebody's computer is not kept."""

    file_id: UUID
    digest: str
    """SHA-256 in lower-case hexadecimal."""
    size: int
    """In octets."""
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What somebody brings: the kind of evidence, how it came, and what it says of itself."""

    kind: EvidenceKind
    origin: EvidenceOrigin
    issued_on: date | None = None
    valid_until: date | None = None
    content: Content | None = None
    fact_id: UUID | None = None
    """The fact of one of our registers that it stands for, such as a certificate."""
    organisation_id: UUID | None = None
    """Which organisation made it, where it is one that we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whom evidence is about, and where it belongs."""

    person_id: UUID
    region: str
    application_id: UUID | None = None
    """For which application it first came here; it is used for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence (材料). It is used for every item and application of the person while it is valid.

    Source: 国办函〔2016〕108号 for the classes; 国令第716号 arts. 7, 10, 12 for electronic material and sharing.
    """

    id: UUID
    person_id: UUID
    region: str
    kind: str
    origin: EvidenceOrigin
    assurance: FactSource
    recorded_on: date
    application_id: UUID | None = None
    held_by: str | None = None
    """Whose register holds it, or which earlier item gave it."""
    organisation_id: UUID | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    """The last day on which it may be relied on; None where no end is known."""
    content: Content | None = None
    fact_id: UUID | None = None
    supersedes: UUID | None = None
    recorded_by: UUID | None = None
    """Empty where it appeared by itself."""
    recorded_for: UUID | None = None
    """The organisation for which it was recorded; empty where the person did it."""
    done: tuple[Done[FactSource, EvidenceAction], ...] = ()
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @classmethod
    def record(
        cls,
        finding: Finding,
        *,
        whose: Whose,
        evidence_id: UUID,
        by: Principal,
        on: date,
        rules: EvidenceRules,
        supersedes: Self | None = None,
    ) -> tuple[Self, EvidenceRecorded]:
        """Take in what somebody brings.

        Raises:
            NotYourFunction: the caller may not bring evidence in this way, or not in this place.
            OwnCase: an officer would vouch for what concerns the officer.
            EvidenceOriginImpossible: it does not come in this way.
            EvidenceDatesImpossible: its dates cannot be right, or it has ended.
            EvidenceNotOfThisKind: what it takes the place of is something else.
        """
        _require_may_bring(finding.origin, whose=whose, by=by)
        _require_possible(finding)
        if supersedes is not None and (supersedes.kind, supersedes.person_id) != (finding.kind.code, whose.person_id):
            raise EvidenceNotOfThisKind("Only evidence of the same kind and of the same person takes another's place.")
        recorded = cls._found(finding, whose=whose, evidence_id=evidence_id, on=on, rules=rules)
        is_staff = bool(by.roles - BY_PARTY)
        recorded = replace(
            recorded,
            recorded_by=by.id,
            recorded_for=organisation_of(by, _BRINGERS[finding.origin], region=whose.region) if is_staff else None,
            supersedes=supersedes.id if supersedes else None,
        )
        return recorded, recorded.recorded()

    @classmethod
    def appear(
        cls, finding: Finding, *, whose: Whose, evidence_id: UUID, on: date, rules: EvidenceRules
    ) -> tuple[Self, EvidenceRecorded]:
        """What one of our own registers shows by itself; nobody brings it.

        Raises:
            EvidenceDatesImpossible: it has ended already.
        """
        appeared = cls._found(finding, whose=whose, evidence_id=evidence_id, on=on, rules=rules)
        return appeared, appeared.recorded()

    @classmethod
    def _found(cls, finding: Finding, *, whose: Whose, evidence_id: UUID, on: date, rules: EvidenceRules) -> Self:
        until = rules.valid_until(finding.kind.code, since=finding.issued_on or on, stated=finding.valid_until)
        _require_dates(finding, until=until, on=on)
        return cls(
            id=evidence_id,
            person_id=whose.person_id,
            region=whose.region,
            application_id=whose.application_id,
            kind=finding.kind.code,
            origin=finding.origin,
            assurance=finding.origin.assurance,
            recorded_on=on,
            held_by=finding.kind.held_by if finding.origin.assurance is FactSource.AUTHORITY else None,
            organisation_id=finding.organisation_id,
            issued_on=finding.issued_on,
            valid_until=until,
            content=finding.content,
            fact_id=finding.fact_id,
            rule_versions=rules.references(finding.kind.code),
        )

    @property
    def stage(self) -> FactSource:
        """Its class, under the name by which the table of steps asks for it."""
        return self.assurance

    def is_valid_on(self, on: date) -> bool:
        """Say whether it may be relied on."""
        return self.valid_until is None or on <= self.valid_until

    def verify(self, *, by: Principal, on: date) -> tuple[Self, EvidenceVerified]:
        """Find it to agree with its original, shown at a counter (原件核验): class C becomes B.

        Raises:
            NotYourFunction, IllegalTransition, OwnCase: as `Lifecycle.step` says.
        """
        step = LIFECYCLE.step(self, EvidenceAction.VERIFY, by=by, on=on)
        verified = replace(self, assurance=step.stage, done=(*self.done, step))
        return verified, EvidenceVerified(
            evidence_id=self.id, kind=self.kind, assurance=step.stage, verified_by=by.id, verified_on=on
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do to it and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def recorded(self) -> EvidenceRecorded:
        """The fact that it has come on record."""
        return EvidenceRecorded(
            evidence_id=self.id,
            kind=self.kind,
            assurance=self.assurance,
            origin=self.origin,
            valid_until=self.valid_until,
            supersedes=self.supersedes,
            recorded_by=self.recorded_by,
            recorded_on=self.recorded_on,
        )


_VOUCHING = OPERATIONS["verify_evidence"].roles
_BRINGERS: Mapping[EvidenceOrigin, frozenset[Role]] = MappingProxyType(
    {
        EvidenceOrigin.REGISTER: OPERATIONS["record_evidence"].roles - BY_PARTY,
        EvidenceOrigin.COUNTER: _VOUCHING,
        EvidenceOrigin.UPLOAD: OPERATIONS["record_evidence"].roles,
        EvidenceOrigin.DECLARATION: OPERATIONS["record_evidence"].roles,
        EvidenceOrigin.EARLIER_ITEM: frozenset(),
    }
)
"""Who may bring evidence in which way: who vouches for it is an office."""


def _require_may_bring(origin: EvidenceOrigin, *, whose: Whose, by: Principal) -> None:
    roles = _BRINGERS[origin]
    if not has_function(by, roles, region=whose.region):
        named = sorted(role.value for role in roles)
        raise NotYourFunction(
            f"Evidence comes by '{origin.value}' only through: {', '.join(named) or 'nobody'}. "
            "Upload it or declare it instead, or ask an office.",
            roles=named,
        )
    is_vouched_for = origin in {EvidenceOrigin.REGISTER, EvidenceOrigin.COUNTER}
    if is_vouched_for and by.is_concerned(whose.person_id):
        raise OwnCase("Nobody vouches for evidence about themselves. Another person must.", action=origin.value)


def _require_possible(finding: Finding) -> None:
    if finding.origin is EvidenceOrigin.REGISTER and finding.kind.source is not EvidenceSource.REGISTER:
        raise EvidenceOriginImpossible(
            "No register holds this kind. Take it at the counter, or as an upload.", pointer="/origin"
        )
    if (finding.origin is EvidenceOrigin.UPLOAD) and finding.content is None:
        raise EvidenceOriginImpossible("Upload the file first, and name the upload.", pointer="/upload_id")
    if finding.content is not None and finding.origin not in {EvidenceOrigin.UPLOAD, EvidenceOrigin.COUNTER}:
        raise EvidenceOriginImpossible("Only an upload, or a copy made at a counter, has a file.", pointer="/upload_id")


def _require_dates(finding: Finding, *, until: date | None, on: date) -> None:
    if finding.issued_on is not None and finding.issued_on > on:
        raise EvidenceDatesImpossible("It is dated in the future. Enter the day it was made.", pointer="/issued_on")
    if until is not None and until < on:
        raise EvidenceDatesImpossible(
            "It has ended and can show nothing any more. Get a newer one.", pointer="/valid_until"
        )
