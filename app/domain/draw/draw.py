"""A draw: committed to before there is a case, taken once for one, and open to everybody's check afterwards."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.draw import events
from app.domain.draw.algorithm import Drawing, Outcome, commitment_of, digest_of, drawn_by, ordered
from app.domain.draw.eligible import Candidate, DrawRules, NobodyEligible
from app.domain.draw.stages import LIFECYCLE, DrawAction, DrawPurpose, DrawStage
from app.domain.draw.turn import Turn
from app.domain.shared.access import Principal
from app.domain.shared.errors import Unavailable
from app.domain.shared.transitions import Allowed, Done

DrawStep: TypeAlias = Done[DrawStage, DrawAction]


class SeedNotCommitted(Unavailable):
    """The seed that is kept is not the one whose commitment was published, or none was published in time."""

    code = "seed_not_committed"
    title = "There is no sealed seed to draw with"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFor:
    """The case that a draw is taken for."""

    case_id: UUID
    person_id: UUID
    region: str
    place: str
    """Whose office draws: the case may lie in another place than the one where the person lives."""
    application_id: UUID | None
    round: int
    """The how manieth choice of the case it is: each has one draw at most."""
    purpose: DrawPurpose = DrawPurpose.EVALUATION
    turns: tuple[Turn, ...] = ()
    """The choices before it, each of which came to nothing."""

    def wanted_doctors(self, rules: DrawRules) -> int:
        """How many are drawn: as many as must sign, or as many as have declined."""
        return len(self.turns[-1].doctors) if self.purpose is DrawPurpose.STAND_IN else rules.minimum_doctors.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One draw of an organisation's series (随机抽取). None of the changes touches `version`.

    Whoever draws takes the lowest number of the series that is left, and cannot look at it before: the seed is told
    only once the list is fixed. A case that a review sends back, or whose institution declines, is drawn for anew, with
    another number: nobody who declines can know who comes after.
    """

    id: UUID
    organisation_id: UUID
    """The office whose series it belongs to."""
    region: str
    """The office's place; from the draw on that of the case."""
    number: int
    commitment: str
    published_at: datetime
    stage: DrawStage = DrawStage.PUBLISHED
    done: tuple[DrawStep, ...] = ()
    taken_for: DrawnFor | None = None
    candidates: tuple[Candidate, ...] = ()
    doctors: int = 0
    """How many doctors are drawn within the institution."""
    drawn_at: datetime | None = None
    seed: str | None = None
    """In hexadecimal digits; None until it is revealed."""
    revealed_at: datetime | None = None
    outcome: Outcome | None = None
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @classmethod
    def publish(
        cls, seed: bytes, *, draw_id: UUID, organisation_id: UUID, region: str, number: int, at: datetime
    ) -> tuple[Self, events.DrawPublished]:
        """Commit to a seed, and to nothing more of it."""
        draw = cls(
            id=draw_id,
            organisation_id=organisation_id,
            region=region,
            number=number,
            commitment=commitment_of(seed),
            published_at=at,
        )
        return draw, events.DrawPublished(
            draw_id=draw_id,
            organisation_id=organisation_id,
            number=number,
            commitment=draw.commitment,
            published_at=at,
        )

    @property
    def person_id(self) -> UUID | None:
        """Whose case it is drawn for; None while it is for none."""
        return self.taken_for.person_id if self.taken_for else None

    @property
    def application_id(self) -> UUID | None:
        """The application of that case."""
        return self.taken_for.application_id if self.taken_for else None

    @property
    def case_id(self) -> UUID | None:
        """That case."""
        return self.taken_for.case_id if self.taken_for else None

    @property
    def round(self) -> int | None:
        """The how manieth choice of that case it is."""
        return self.taken_for.round if self.taken_for else None

    @property
    def list_digest(self) -> str | None:
        """The digest of the list, once it is fixed."""
        return digest_of(self.candidates) if self.taken_for else None

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def draw(
        self,
        taken_for: DrawnFor,
        candidates: tuple[Candidate, ...],
        *,
        rules: DrawRules,
        by: Principal,
        on: date,
        at: datetime,
    ) -> tuple[Self, events.ListDrawn]:
        """Fix the list for a case. Who is on it was found before, and the seed is not known here.

        Raises:
            NotYourFunction, IllegalTransition: as `Lifecycle.step` says.
            NobodyEligible: the list is empty.
            SeedNotCommitted: the commitment is not older than the draw.
        """
        placed = replace(self, region=taken_for.place, taken_for=taken_for)
        step = LIFECYCLE.step(placed, DrawAction.DRAW, by=by, on=on)
        if not candidates:
            raise NobodyEligible("Nobody is eligible. Choose an institution by hand, and say why.")
        if self.published_at >= at:
            raise SeedNotCommitted("The commitment must be older than the draw. Try again in a minute.")
        drawn = replace(
            placed,
            region=taken_for.region,
            stage=step.stage,
            done=(*self.done, step),
            candidates=ordered(candidates),
            doctors=taken_for.wanted_doctors(rules),
            drawn_at=at,
            rule_versions=rules.references,
        )
        return drawn, events.ListDrawn(
            draw_id=self.id,
            case_id=taken_for.case_id,
            purpose=taken_for.purpose,
            round=taken_for.round,
            list_digest=digest_of(candidates),
            eligible=len(candidates),
            drawn_by=by.id,
            rule_versions=rules.references,
        )

    def reveal(self, seed: bytes, *, on: date, at: datetime) -> tuple[Self, events.DrawRevealed]:
        """Open the seed, from which the result follows.

        Raises:
            IllegalTransition: no list is fixed, or it was revealed before.
            SeedNotCommitted: it is not the seed whose commitment was published.
        """
        step = LIFECYCLE.step_by_itself(self, DrawAction.REVEAL, on=on)
        if commitment_of(seed) != self.commitment:
            raise SeedNotCommitted("The seed that is kept is not the one that was committed to. Tell the operator.")
        drawing = self._drawing()
        outcome = drawn_by(seed, drawing)
        revealed = replace(
            self, stage=step.stage, done=(*self.done, step), seed=seed.hex(), revealed_at=at, outcome=outcome
        )
        return revealed, events.DrawRevealed(
            draw_id=self.id,
            case_id=drawing.case_id,
            seed=seed.hex(),
            institution_id=outcome.institution_id,
            doctors=outcome.doctors,
        )

    def _drawing(self) -> Drawing:
        assert self.taken_for  # a list that is fixed is one for a case
        return Drawing(
            draw_id=self.id,
            number=self.number,
            case_id=self.taken_for.case_id,
            purpose=self.taken_for.purpose,
            round=self.taken_for.round,
            candidates=self.candidates,
            doctors=self.doctors,
            turns=self.taken_for.turns,
        )
