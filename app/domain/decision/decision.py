"""One decision, as it was made. It never changes: what is decided anew is another decision, which names this one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from app.domain.decision.content import Content
from app.domain.decision.events import DecisionMade
from app.domain.decision.remedy import Remedy
from app.domain.shared.access import Role
from app.domain.shared.errors import Conflict
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import Done

CHINESE = "zh-CN"
"""Source: 国家通用语言文字法 art. 9: offices write in the common language; other languages are for reading along."""


class RefusedByNobody(Conflict):
    """A refusal would follow by itself, without a human who answers for it."""

    code = "refused_by_nobody"
    title = "Only a human refuses"


class Matter(StrEnum):
    """What was decided about."""

    CERTIFICATE = "certificate"
    """残疾人证业务"""
    CERTIFICATE_STANDING = "certificate_standing"
    """残疾人证的冻结、解除冻结"""
    BENEFIT = "benefit"
    """待遇审定"""
    PLAN = "plan"
    """个性化服务计划"""
    REVIEW = "review"
    """复议、复核"""


class Outcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    """准予"""
    REFUSED = "refused"
    """不予批准"""
    DEEMED_GRANTED = "deemed_granted"
    """视为准予: the office did not answer in time, and the law counts that as granted."""
    DEEMED_ACCEPTED = "deemed_accepted"
    """视为受理: nothing was asked for in time, and the law counts the application as accepted."""

    NOT_ACCEPTED = "not_accepted"
    """不予受理: a review is not heard."""
    UPHELD = "upheld"
    """维持: a review leaves the decision as it is."""
    CHANGED = "changed"
    """变更: a review puts another in its place, which the office carries out."""
    STOPPED = "stopped"
    """停发: what was granted ends with a month."""
    CORRECTED = "corrected"
    """更正: what was granted is due for other months."""

    CANCELLED = "cancelled"
    """注销: the certificate is not in force any more."""
    FROZEN = "frozen"
    """冻结: the certificate is not to be relied on for a time."""
    UNFROZEN = "unfrozen"
    """解除冻结"""

    SENT_BACK = "sent_back"
    """撤销并责令重新作出: a review has the office decide anew."""

    @property
    def is_against_the_person(self) -> bool:
        """Say whether it owes words and a human who answers for it."""
        return self in _AGAINST


ENDING = frozenset({Outcome.STOPPED, Outcome.CORRECTED, Outcome.FROZEN, Outcome.UNFROZEN})
"""What is decided on a grant that runs or a certificate that is held: what was decided before on the same counts no
longer."""
_AGAINST = frozenset(
    {
        Outcome.REFUSED,
        Outcome.NOT_ACCEPTED,
        Outcome.UPHELD,
        Outcome.STOPPED,
        Outcome.CORRECTED,
        Outcome.CANCELLED,
        Outcome.FROZEN,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decided: for the public the post and its organisation, for the auditor also the account."""

    account_id: UUID | None = None
    """Empty where it followed from a day that had passed."""
    role: Role | None = None
    organisation_id: UUID | None = None

    @classmethod
    def of(cls, step: Done[Any, Any]) -> Self:
        """Whoever took the step that decided."""
        return cls(account_id=step.by, role=step.role, organisation_id=step.organisation_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision (决定) about one person in one matter, with all that a person needs to understand and to contest it.

    Source: 行政许可法 arts. 38, 44: in writing, with reasons and the way to appeal; 个人信息保护法 art. 24: an
    explanation, and no refusal by a machine alone.

    Raises:
        RefusedByNobody: it is against the person, and nobody has decided it.
        ReasonMissing: it is against the person, and has no words for the person.
    """

    id: UUID
    person_id: UUID
    region: str
    matter: Matter
    case_id: UUID
    """The case, or the plan, that was decided."""
    outcome: Outcome
    decided_on: date
    decided_at: datetime
    by: Decider
    content: Content
    rule_versions: tuple[str, ...]
    """References of the rules that were used, with the one that opens the appeal."""
    remedy: Remedy | None = None
    """None where no law opens an appeal, as against a plan that the person has agreed to."""
    application_id: UUID | None = None
    item: str | None = None
    replaces: UUID | None = None
    """The decision in whose place it stands."""
    language: str = CHINESE
    """The language that counts; others are for reading along."""
    version: int = 1

    def __post_init__(self) -> None:
        """Refuse what nobody answers for, and what nobody could answer."""
        if not self.outcome.is_against_the_person:
            return
        if self.by.account_id is None:
            raise RefusedByNobody("Nobody is refused by a machine or by a day that passes. Let a human decide.")
        require_words(self.content.text, "Say in plain words why this is refused, so that the person can answer it.")

    def made(self) -> DecisionMade:
        """The fact that it was made."""
        return DecisionMade(
            decision_id=self.id,
            matter=self.matter,
            case_id=self.case_id,
            item=self.item,
            outcome=self.outcome,
            decided_by=self.by.account_id,
            organisation_id=self.by.organisation_id,
            decided_on=self.decided_on,
            appeal_until=self.remedy.last_day if self.remedy else None,
            replaces=self.replaces,
            rule_versions=self.rule_versions,
        )
