"""Evidence, what asks for it, and the rules that say how long it holds and what it settles."""

from datetime import date
from typing import Any
from uuid import UUID

from app.domain.evidence import (
    Asked,
    Content,
    Evidence,
    EvidenceKind,
    EvidenceOrigin,
    EvidenceRequest,
    EvidenceRules,
    Finding,
    Holding,
    Whose,
)
from app.domain.shared.access import Principal
from app.domain.shared.rulebook import Rulebook, RulesInForce
from app.domain.shared.wording import Wording
from tests.builders.people import APPLICATION_ID, CITIZEN, COUNTY, MONDAY, PERSON_ID, a_rule

ACCEPTED: dict[str, Any] = {
    "authority": ("authority", "counter"),
    "counter": ("authority", "counter"),
    "uploaded": ("authority", "counter", "uploaded"),
    "declared": ("authority", "counter", "uploaded", "declared"),
}
EVIDENCE_ID = UUID(int=0xE1)
REQUEST_ID = UUID(int=0xE2)
FILE = Content(file_id=UUID(int=0xF1), digest="ab" * 32, size=1000, media_type="image/jpeg")


def evidence_rules(accepted: Any = None, **months: int) -> RulesInForce:
    """The rules of evidence in the county: which class settles what, and months of validity by kind."""
    rules = [a_rule("evidence.accepted", accepted or ACCEPTED, unit="accepted_assurance")]
    rules += [a_rule(f"evidence.validity.{kind}", value, unit="months") for kind, value in months.items()]
    return Rulebook(rules).at(COUNTY, MONDAY)


EVIDENCE_RULES = EvidenceRules.of(evidence_rules(photo=6))


def a_kind(
    code: str = "photo", *, provenance: str = "applicant", assurance: str = "uploaded", held_by: str | None = None
) -> EvidenceKind:
    """A kind of evidence as a package lists it."""
    return EvidenceKind.listed(
        code,
        wording=Wording(zh="材料", en="Paper"),
        provenance=provenance,
        assurance=assurance,
        held_by=held_by,
    )


PHOTO = a_kind()
IDENTITY_CARD = a_kind("identity_card", provenance="register", assurance="authority", held_by="public_security")
OLD_CERTIFICATE = a_kind("old_certificate", assurance="counter")
RECORD = a_kind("certificate_record", provenance="earlier_item", assurance="authority", held_by="certificate")
OF_THE_PERSON = Whose(person_id=PERSON_ID, region=COUNTY, application_id=APPLICATION_ID)


def recorded(
    kind: EvidenceKind = PHOTO,
    origin: EvidenceOrigin = EvidenceOrigin.UPLOAD,
    *,
    by: Principal = CITIZEN,
    on: date = MONDAY,
    number: int = 0xE1,
    **changes: Any,
) -> Evidence:
    """Evidence that somebody has brought; an upload comes with a file."""
    supersedes = changes.pop("supersedes", None)
    whose = changes.pop("whose", OF_THE_PERSON)
    content = FILE if origin is EvidenceOrigin.UPLOAD else None
    settings: dict[str, Any] = {"kind": kind, "origin": origin, "content": content}
    finding = Finding(**(settings | changes))
    evidence, _ = Evidence.record(
        finding,
        whose=whose,
        evidence_id=UUID(int=number),
        by=by,
        on=on,
        rules=EVIDENCE_RULES,
        supersedes=supersedes,
    )
    return evidence


def holding(*evidence: Evidence, on: date = MONDAY) -> Holding:
    """What is held."""
    return Holding(evidence=evidence, rules=EVIDENCE_RULES, on=on)


def asking(kind: EvidenceKind = PHOTO, *, items: tuple[str, ...] = ("certificate",)) -> Asked:
    """What is asked for, for the person's application."""
    return Asked(kind=kind, items=items, person_id=PERSON_ID, region=COUNTY, application_id=APPLICATION_ID)


def a_request(
    kind: EvidenceKind = PHOTO, *, held: Holding | None = None, is_withheld: bool = False, **changes: Any
) -> EvidenceRequest:
    """What a package asks for."""
    return EvidenceRequest.by_package(
        asking(kind, **changes),
        request_id=REQUEST_ID,
        on=MONDAY,
        rule="package.disability_services@65/6523/652301#1",
        holding=held or holding(),
        is_withheld=is_withheld,
    )
