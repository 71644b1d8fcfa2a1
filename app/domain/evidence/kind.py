"""What can be asked to be shown: the papers and records of a package's list, and from whom each is to be had."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.person import FactSource
from app.domain.shared.wording import Wording

CERTIFICATE_RECORD = "certificate_record"
"""The kind that the register of certificates shows by itself, from the moment of issue."""


class EvidenceSource(StrEnum):
    """From whom evidence is asked.

    Source: 国令第716号 art. 7: what an authority can have by sharing is not asked of the applicant.
    """

    APPLICANT = "applicant"
    COUNTER = "counter"
    """Of the applicant too, who shows the original at a counter."""
    REGISTER = "register"
    """Of the authority that keeps the register."""
    EARLIER_ITEM = "earlier_item"
    """Of nobody: another item of the person gives it."""

    @property
    def is_the_person(self) -> bool:
        """Say whether the person is the one who shows it."""
        return self in {EvidenceSource.APPLICANT, EvidenceSource.COUNTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKind:
    """One kind of evidence: its code in the packages, from whom it is asked, and which class of assurance it takes."""

    code: str
    wording: Wording
    source: EvidenceSource
    assurance: FactSource
    held_by: str | None = None
    """Whose register holds it, or which earlier item gives it."""

    @classmethod
    def listed(
        cls, code: str, *, wording: Wording, provenance: str, assurance: str, held_by: str | None = None
    ) -> "EvidenceKind":
        """The kind that an entry of a package describes.

        Raises:
            ValueError: the provenance or the class is none that there is.
        """
        source, asked = EvidenceSource(provenance), FactSource(assurance)
        is_original = source is EvidenceSource.APPLICANT and asked is FactSource.COUNTER
        return cls(
            code=code,
            wording=wording,
            source=EvidenceSource.COUNTER if is_original else source,
            assurance=asked,
            held_by=held_by,
        )
