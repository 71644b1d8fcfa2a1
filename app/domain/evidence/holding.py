"""What is held of a person already: the reason why nobody is asked twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.evidence.evidence import Evidence
from app.domain.evidence.kind import EvidenceKind
from app.domain.evidence.refusals import EvidenceAlreadyHeld
from app.domain.evidence.rules import EvidenceRules
from app.domain.person import FactSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """All valid evidence of one person on a day.

    Source: 国办函〔2016〕108号; 国令第716号 art. 7: what is held is used again and not asked for.
    """

    evidence: tuple[Evidence, ...]
    rules: EvidenceRules
    on: date

    def of_kind(self, kind: str) -> Evidence | None:
        """The surest of a kind and, of equally sure ones, the newest; whether or not it suffices."""
        return min(self._valid(kind), key=_surest_first, default=None)

    def settling(self, kind: str, *, asked: FactSource) -> Evidence | None:
        """The evidence that settles what asks for a kind in a class; None where there is none."""
        best = self.of_kind(kind)
        return best if best is not None and self.rules.suffices(best.assurance, asked=asked) else None

    def require_not_held(self, kind: EvidenceKind) -> None:
        """Refuse to ask for what is held.

        Raises:
            EvidenceAlreadyHeld: it names what is held.
        """
        held = self.settling(kind.code, asked=kind.assurance)
        if held is None:
            return
        until = f", valid until {held.valid_until}" if held.valid_until else ""
        named = f"{held.id}, {held.assurance.value}{until}"
        raise EvidenceAlreadyHeld(
            f"This is held already: {named}. Use it; do not ask again.",
            errors=[{"pointer": "/kind", "code": EvidenceAlreadyHeld.code, "detail": named}],
        )

    def _valid(self, kind: str) -> Iterator[Evidence]:
        replaced = {one.supersedes for one in self.evidence}
        return (
            one for one in self.evidence if one.kind == kind and one.is_valid_on(self.on) and one.id not in replaced
        )


def _surest_first(evidence: Evidence) -> tuple[int, int, int]:
    return list(FactSource).index(evidence.assurance), -evidence.recorded_on.toordinal(), -evidence.id.int
