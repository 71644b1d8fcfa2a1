"""Two records that may be one person's: two officers say that they are, and one that they are not, or not after all."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.duplicate import events
from app.domain.duplicate.comparing import Comparison, DuplicateRules, Ground
from app.domain.shared.access import Principal
from app.domain.shared.errors import Conflict, DutiesNotSeparated, Unprocessable
from app.domain.shared.refusal import require_words
from app.domain.shared.relations import NO_RELATIONS, Relations
from app.domain.shared.transitions import Allowed, Done, Lifecycle, OwnCase, Transition

Moved: TypeAlias = tuple[str, ...]
"""What a merge has moved, in the order in which it did; only the store reads it."""


class BothHoldCertificates(Conflict):
    """Both records hold a certificate that is in force: that is looked into before anything is merged."""

    code = "both_hold_certificates"
    title = "Both hold a certificate in force"


class BothHaveOpenBusiness(Conflict):
    """Both records have something of which a person has one at a time."""

    code = "both_have_open_business"
    title = "Both have the same business open"


class NotOfThePair(Unprocessable):
    """The record that is to be kept is neither of the two."""

    code = "not_of_the_pair"
    title = "This is neither of the two"


class NothingIsHeldUp(Conflict):
    """The two are not so alike, or it is decided, or overridden, already: no business waits for it."""

    code = "nothing_is_held_up"
    title = "Nothing is held up"


class DuplicateStage(StrEnum):
    """Where it stands."""

    OPEN = "open"
    MERGE_PROPOSED = "merge_proposed"
    """One officer has found that they are one person's; nothing has moved until another has found so, too."""
    DISMISSED = "dismissed"
    """They are two people's, and are not asked about again."""
    MERGED = "merged"
    """They are one person's; one record leads to the other."""


class DuplicateAction(StrEnum):
    """What may be done to it."""

    DISMISS = "dismiss"
    """排除重复"""
    MERGE = "merge"
    """提出合并档案"""
    CONFIRM_MERGE = "confirm_merge"
    """复核合并档案"""
    SEPARATE = "separate"
    """撤销合并"""
    OVERRIDE = "override"
    """先行办理"""


DuplicateStep: TypeAlias = Done[DuplicateStage, DuplicateAction]
_UNDECIDED = [DuplicateStage.OPEN, DuplicateStage.MERGE_PROPOSED]
LIFECYCLE: Lifecycle[DuplicateStage, DuplicateAction] = Lifecycle(
    noun="person duplicate",
    start=DuplicateStage.OPEN,
    steps={
        DuplicateAction.DISMISS: Transition.through(
            "dismiss_person_duplicate", sources=_UNDECIDED, target=DuplicateStage.DISMISSED
        ),
        DuplicateAction.MERGE: Transition.through(
            "merge_person_duplicate", sources=_UNDECIDED, target=DuplicateStage.MERGE_PROPOSED
        ),
        DuplicateAction.CONFIRM_MERGE: Transition.through(
            "confirm_person_merge", sources=[DuplicateStage.MERGE_PROPOSED], target=DuplicateStage.MERGED
        ),
        DuplicateAction.SEPARATE: Transition.through(
            "separate_person_duplicate", sources=[DuplicateStage.MERGED], target=DuplicateStage.OPEN
        ),
        DuplicateAction.OVERRIDE: Transition.through(
            "override_person_duplicate", sources=[DuplicateStage.OPEN], target=DuplicateStage.OPEN
        ),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records, the older first: asked about once, whichever of them was compared with the other."""

    person_id: UUID
    other_id: UUID
    region: str
    """The nearest area that both belong to."""

    @classmethod
    def of(cls, one: tuple[UUID, str], other: tuple[UUID, str]) -> Self:
        """The pair of two ids with the paths of their places.

        >>> from uuid import UUID
        >>> Pair.of((UUID(int=2), "65/6523/652301"), (UUID(int=1), "65/6523/652302")).region
        '65/6523'
        """
        first, second = sorted((one, other))
        shared = []
        for own, others in zip(first[1].split("/"), second[1].split("/"), strict=False):
            if own != others:
                break
            shared.append(own)
        return cls(person_id=first[0], other_id=second[0], region="/".join(shared))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDuplicate:
    """That two records may be one person's (疑似重复档案). Nothing is merged but by two named officers, with a reason.

    Source: 个人信息保护法 (2021), art. 8: personal data are correct and complete; art. 46 asks for checking.
    """

    id: UUID
    person_id: UUID
    other_id: UUID
    region: str
    grounds: tuple[Ground, ...]
    points: int
    rule_versions: tuple[str, ...]
    found_on: date
    stage: DuplicateStage = DuplicateStage.OPEN
    done: tuple[DuplicateStep, ...] = ()
    words: str = field(default="", repr=False)
    """Why it was last decided so."""
    is_very_probable: bool = False
    """So alike that cases of either wait for an officer, by the rules of the day."""
    overridden_because: str = field(default="", repr=False)
    """Why business goes on before it is decided; it stays on record."""
    kept_id: UUID | None = None
    """Of a merge, also of one that is proposed: the record that goes on."""
    moved: Moved = field(default=(), repr=False)
    known: Relations = NO_RELATIONS
    """Whether the caller is related to either, by what is on record, as looked up just now; it is not kept."""
    version: int = 1

    @classmethod
    def find(
        cls, pair: Pair, comparison: Comparison, *, duplicate_id: UUID, on: date, rules: DuplicateRules
    ) -> tuple[Self, events.DuplicateFound]:
        """Put down that two records are alike; an officer looks at them."""
        found = cls(
            id=duplicate_id,
            person_id=pair.person_id,
            other_id=pair.other_id,
            region=pair.region,
            grounds=comparison.grounds,
            points=comparison.points,
            is_very_probable=comparison.is_very_probable,
            rule_versions=rules.references,
            found_on=on,
        )
        return found, events.DuplicateFound(duplicate_id=duplicate_id, found_on=on)

    @property
    def application_id(self) -> None:
        """It belongs to no application."""
        return

    @property
    def merged_id(self) -> UUID:
        """Of a merge: the record that leads to the one which is kept."""
        return self.other_id if self.kept_id == self.person_id else self.person_id

    @property
    def is_blocking(self) -> bool:
        """Whether cases of either wait until an officer has looked."""
        return self.is_very_probable and self.stage in _UNDECIDED and not self.overridden_because

    @property
    def proposed_by(self) -> UUID | None:
        """Who has proposed the merge, where one is proposed or made."""
        if self.stage not in {DuplicateStage.MERGE_PROPOSED, DuplicateStage.MERGED}:
            return None
        return next((step.by for step in reversed(self.done) if step.action is DuplicateAction.MERGE), None)

    def override(self, *, by: Principal, on: date, words: str) -> tuple[Self, events.DuplicateOverridden]:
        """Let business go on before it is decided; the pair stays open.

        Raises:
            ReasonMissing: no reason is given.
            NothingIsHeldUp: no business waits for it.
            NotYourFunction, IllegalTransition, OwnCase: see `Lifecycle.step`.
        """
        decided = self._decided(DuplicateAction.OVERRIDE, by=by, on=on, words=words)
        overridden = replace(decided, overridden_because=words)
        return overridden, events.DuplicateOverridden(duplicate_id=self.id, overridden_by=by.id, overridden_on=on)

    def dismiss(self, *, by: Principal, on: date, words: str) -> tuple[Self, events.DuplicateDismissed]:
        """Find that they are two people's.

        Raises:
            ReasonMissing: no reason is given.
            NotYourFunction, IllegalTransition, OwnCase: see `Lifecycle.step`.
        """
        dismissed = replace(self._decided(DuplicateAction.DISMISS, by=by, on=on, words=words), kept_id=None)
        return dismissed, events.DuplicateDismissed(duplicate_id=self.id, dismissed_by=by.id, dismissed_on=on)

    def merge(self, kept_id: UUID, *, by: Principal, on: date, words: str) -> tuple[Self, events.MergeProposed]:
        """Find that they are one person's, and say which record goes on; nothing moves before another finds so, too.

        Whoever finds otherwise than an earlier proposal proposes anew, and it is theirs from then on.

        Raises:
            ReasonMissing: no reason is given.
            NotOfThePair: it is neither of the two.
            NotYourFunction, IllegalTransition, OwnCase: see `Lifecycle.step`.
            RelationOnRecord: the caller is related to one of the two.
        """
        decided = self._decided(DuplicateAction.MERGE, by=by, on=on, words=words)
        if kept_id not in {self.person_id, self.other_id}:
            raise NotOfThePair("Keep one of the two records that were compared.", pointer="/kept_person_id")
        proposed = replace(decided, kept_id=kept_id)
        return proposed, events.MergeProposed(
            duplicate_id=self.id, kept_person_id=kept_id, proposed_by=by.id, proposed_on=on
        )

    def confirm_merge(self, *, by: Principal, on: date) -> tuple[Self, events.PersonsMerged]:
        """Find the same as another officer has, by which they are merged.

        Raises:
            DutiesNotSeparated: the caller has proposed it.
            NotYourFunction, IllegalTransition, OwnCase: see `Lifecycle.step`.
            RelationOnRecord: the caller is related to one of the two.
        """
        step = self._step(DuplicateAction.CONFIRM_MERGE, by=by, on=on)
        assert self.kept_id  # a proposal names it
        assert self.proposed_by  # and is somebody's word
        merged = replace(self, stage=step.stage, done=(*self.done, step))
        return merged, events.PersonsMerged(
            duplicate_id=self.id,
            kept_person_id=self.kept_id,
            merged_person_id=merged.merged_id,
            proposed_by=self.proposed_by,
            merged_by=by.id,
            merged_on=on,
        )

    def having_moved(self, moved: Moved) -> Self:
        """With what the merge has moved, so that it can be moved back."""
        return replace(self, moved=moved)

    def separate(self, *, by: Principal, on: date, words: str) -> tuple[Self, events.PersonsSeparated]:
        """Undo a merge. What came about since then stays with the record that was kept.

        Raises:
            ReasonMissing: no reason is given.
            NotYourFunction, IllegalTransition, OwnCase: see `Lifecycle.step`.
        """
        decided = self._decided(DuplicateAction.SEPARATE, by=by, on=on, words=words)
        separated = replace(decided, kept_id=None, moved=())
        return separated, events.PersonsSeparated(duplicate_id=self.id, separated_by=by.id, separated_on=on)

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def _step(self, action: DuplicateAction, *, by: Principal, on: date) -> DuplicateStep:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if by.is_concerned(self.person_id) or by.is_concerned(self.other_id):
            raise OwnCase("Nobody decides on a record of their own or of their ward. Another officer must.")
        proposer = self.proposed_by if action is DuplicateAction.CONFIRM_MERGE else None
        self.known.require_none({by.id}, by=by.id, barred={proposer} if proposer else set())
        if by.id == proposer:
            raise DutiesNotSeparated(
                "Whoever has proposed the merge does not confirm it. Another officer must.",
                duty=DuplicateAction.MERGE.value,
                action=action.value,
            )
        if action is DuplicateAction.OVERRIDE and not self.is_blocking:
            raise NothingIsHeldUp("No business waits for this pair. Dismiss it or merge the two, if you know.")
        return step

    def _decided(self, action: DuplicateAction, *, by: Principal, on: date, words: str) -> Self:
        step = self._step(action, by=by, on=on)
        require_words(words, "Say in plain words why, so that it can be looked up later.")
        return replace(self, stage=step.stage, done=(*self.done, step), words=words)
