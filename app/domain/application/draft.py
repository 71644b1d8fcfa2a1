"""A draft: an application that is begun, kept for whoever began it, and nobody's case until it is submitted."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.application.status import PublicStatus
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.term import Term
from app.domain.shared.transitions import Allowed, Done, Lifecycle, Transition

VALIDITY = "application.draft_validity"
"""Subject of the rule that says how long a draft is kept after it was last touched."""


class DraftExpired(Conflict):
    """Nobody has touched the draft for so long that it is not kept any more."""

    code = "draft_expired"
    title = "The draft has expired"


class DraftIncomplete(Unprocessable):
    """The draft does not say who the application is for, or asks for nothing."""

    code = "draft_incomplete"
    title = "The draft is not complete"


class DraftStage(StrEnum):
    """Where a draft stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """It has become the application of the same id."""
    DISCARDED = "discarded"


class DraftAction(StrEnum):
    """What its owner may do to a draft."""

    SAVE = "save"
    SUBMIT = "submit"
    DISCARD = "discard"


DRAFT_LIFECYCLE: Lifecycle[DraftStage, DraftAction] = Lifecycle(
    noun="draft",
    start=DraftStage.DRAFT,
    steps={
        DraftAction.SAVE: Transition.through("save_draft", sources=[DraftStage.DRAFT], target=DraftStage.DRAFT),
        DraftAction.SUBMIT: Transition.through("submit_draft", sources=[DraftStage.DRAFT], target=DraftStage.SUBMITTED),
        DraftAction.DISCARD: Transition.through(
            "discard_draft", sources=[DraftStage.DRAFT], target=DraftStage.DISCARDED
        ),
    },
)
"""The table of what happens to a draft."""

_STATUSES = {
    DraftStage.DRAFT: PublicStatus.DRAFT,
    DraftStage.SUBMITTED: PublicStatus.SUBMITTED,
    DraftStage.DISCARDED: PublicStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An application that is begun (草稿). What it says so far is kept apart from it, sealed.

    It is told in no feed of events and shown to no office: it is not an application yet. Every transition may raise
    NotYourFunction, IllegalTransition and DraftExpired. None touches `version`: saving compares it and counts it up.
    """

    id: UUID
    """Also the application's id, once it is one."""
    actor_id: UUID
    """The account that began it: a portal, a citizen, an officer at a counter."""
    client_id: UUID
    package_code: str
    region: str
    """Path of the place whose package is asked for."""
    started_at: datetime
    expires_on: date
    """The last day on which it is kept."""
    stage: DraftStage = DraftStage.DRAFT
    person_id: UUID | None = None
    """The citizen who began it; None where a portal or an office did."""
    version: int = 1

    @property
    def status(self) -> PublicStatus:
        """How it stands, in the words of the public."""
        return _STATUSES[self.stage]

    @property
    def done(self) -> tuple[Done[DraftStage, DraftAction], ...]:
        """No step of a draft is kept apart from another one."""
        return ()

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do to the draft and, if not, why not."""
        return DRAFT_LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on))

    def save(self, *, by: Principal, on: date, until: date) -> Self:
        """Keep what was changed, and the draft for as long again."""
        return replace(self._moved(DraftAction.SAVE, by=by, on=on), expires_on=until)

    def submit(self, *, by: Principal, on: date) -> Self:
        """Hand it in: it becomes an application, and what it says goes there."""
        return self._moved(DraftAction.SUBMIT, by=by, on=on)

    def discard(self, *, by: Principal, on: date) -> Self:
        """Throw it away with all that it says."""
        return self._moved(DraftAction.DISCARD, by=by, on=on)

    def require_kept(self, on: date) -> None:
        """Refuse a draft that is not kept any more.

        Raises:
            DraftExpired: its last day has passed.
        """
        if on > self.expires_on:
            raise DraftExpired(f"The draft was kept until {self.expires_on}. Begin a new one.")

    def _moved(self, action: DraftAction, *, by: Principal, on: date) -> Self:
        self.require_kept(on)
        return replace(self, stage=DRAFT_LIFECYCLE.step(self, action, by=by, on=on).stage)


def kept_until(rules: RulesInForce, *, calendar: WorkingCalendar) -> date:
    """The last day on which a draft is kept that is touched today.

    Raises:
        NoRuleInForce: the rulebooks do not say how long.
    """
    return Term.of(rules.rule(VALIDITY)).last_day(after=rules.on, calendar=calendar)
