"""The signatures of a conclusion: each doctor gives the own one, by the own account, and it counts once all have."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.certificate.conclusion import EvaluationConclusion
from app.domain.certificate.decline import SecondWordMissing
from app.domain.shared.errors import Forbidden
from app.domain.shared.events import Event


class SignatureNotYours(Forbidden):
    """Somebody would enter what others are said to have concluded, and is none of them."""

    code = "signature_not_yours"
    title = "Only the doctors who have concluded sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSigned(Event):
    """A doctor has signed a conclusion that others must sign as well; nothing changes before all of them have."""

    name: ClassVar[str] = "certificate_case.evaluation_signed"

    case_id: UUID
    signed_by: UUID
    institution_id: UUID
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionSigned:
    """A conclusion, and who of its doctors has signed it with the own account (医师本人签署)."""

    conclusion: EvaluationConclusion
    by: tuple[UUID, ...]

    @property
    def missing(self) -> tuple[UUID, ...]:
        """The doctors who are named and have not signed."""
        return tuple(doctor for doctor in self.conclusion.doctors if doctor not in self.by)


def signed(conclusion: EvaluationConclusion, before: ConclusionSigned | None, *, by: UUID) -> ConclusionSigned:
    """The conclusion with one more signature; who has found otherwise begins anew, for nobody has signed that yet.

    Source: 残疾人证管理办法 (2017), art. 9: two doctors conclude; whoever could enter both names would be one.

    Raises:
        SignatureNotYours: the caller is not among the doctors.
        SecondWordMissing: the caller has signed just this.
    """
    if by not in conclusion.doctors:
        raise SignatureNotYours("Each doctor who has concluded signs with the own account. Let them enter it.")
    earlier = before.by if before is not None and _plain(before.conclusion) == _plain(conclusion) else ()
    if by in earlier:
        raise SecondWordMissing("You have signed this. It counts once the other doctors have signed the same.")
    return ConclusionSigned(conclusion=conclusion, by=(*earlier, by))


def _plain(conclusion: EvaluationConclusion) -> EvaluationConclusion:
    """The same, in whichever order the doctors are named."""
    return replace(conclusion, doctors=tuple(sorted(conclusion.doctors)))
