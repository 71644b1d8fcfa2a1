"""What is held of a person already: evidence that still counts is offered, and what is held is not asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from app.domain.assessment.assessment import AnewReason, Assessment
from app.domain.assessment.instrument import Answer, Instrument, Purpose
from app.domain.assessment.need_rules import NeedRules
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.rulebook import RulesInForce

SERVES = "assessment.serves"


class AssessmentHeld(Conflict):
    """It is held already and still counts: for the purpose, or for an answer that rests on what does not change."""

    code = "assessment_held"
    title = "This is held already"


class BoundToPurpose(Unprocessable):
    """An assessment that was made for one purpose would serve another. Source: 残疾人教育条例 art. 20."""

    code = "bound_to_purpose"
    title = "The assessment may not serve this"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What earlier assessments with an instrument still say, for one purpose on one day."""

    valid: Assessment | None
    """The latest that may be relied on."""
    lasting: Mapping[str, tuple[Answer, UUID]]
    """Answers that rest on what does not change, by item, with the assessment in which they stand."""

    @classmethod
    def of(
        cls, earlier: Iterable[Assessment], instrument: Instrument, *, purpose: Purpose, on: date, rules: RulesInForce
    ) -> Self:
        """What is held. An answer that lasts is read in the version of the instrument in which it was given."""
        serving = [one for one in still_serving(earlier, purpose, rules=rules) if one.instrument == instrument.code]
        return cls(
            valid=next((one for one in reversed(serving) if one.is_valid_on(on)), None),
            lasting={
                item: (one.answers.given[item], one.id)
                for one in serving
                if one.instrument_version == instrument.version and one.assessed_on <= on
                for item in one.answers.permanent
            },
        )

    def complete(
        self, given: Mapping[str, Answer], *, anew: AnewReason | None, purpose: Purpose
    ) -> tuple[Mapping[str, Answer], Mapping[str, UUID]]:
        """The answers together with those that last, and from which assessments these are.

        Raises:
            AssessmentHeld: a valid assessment is there, or a lasting answer is asked again, and nobody says why.
        """
        is_review = purpose is Purpose.REVIEW
        if anew is None and not is_review and self.valid is not None:
            raise AssessmentHeld(
                f"The person was assessed on {self.valid.assessed_on}, and that still counts. Use assessment "
                f"{self.valid.id}, or say in `anew` why it is done again.",
                pointer="/instrument",
            )
        again = sorted(given.keys() & self.lasting.keys())
        if anew is None and again:
            raise AssessmentHeld(
                f"The answer to {again[0]} rests on what does not change, and is held. Leave it out, or say in "
                "`anew` why it is asked again.",
                pointer=f"/answers/{again[0]}",
            )
        taken = {item: held for item, held in self.lasting.items() if item not in given}
        answers = {item: answer for item, (answer, _) in taken.items()}
        return {**answers, **given}, {item: assessment_id for item, (_, assessment_id) in taken.items()}


def still_serving(
    assessments: Iterable[Assessment], purpose: Purpose, *, rules: RulesInForce
) -> tuple[Assessment, ...]:
    """Those that may serve a purpose and that no correction took the place of, the oldest first.

    Source: 个人信息保护法 (2021) art. 6: data serve the purpose for which they were collected, and what belongs to it.
    """
    known = sorted(assessments, key=lambda one: (one.assessed_on, one.signed_at))
    corrected = {one.corrects for one in known}
    purposes = {Purpose(entry.text("made_for")): entry.texts("serves") for entry in rules.entries(SERVES).value}
    return tuple(one for one in known if one.id not in corrected and purpose in purposes.get(one.purpose, ()))


def require_families(assessments: Iterable[Assessment], families: Iterable[str], *, rules: NeedRules) -> None:
    """Refuse assessments that may not serve services of these families.

    Source: 残疾人教育条例 art. 20: an assessment for education serves nothing but education and rehabilitation.

    Raises:
        BoundToPurpose: one of them may not.
    """
    wanted = set(families)
    for assessment in assessments:
        allowed = rules.families_of_purpose.get(assessment.purpose)
        if allowed is not None and not wanted <= allowed:
            raise BoundToPurpose(
                f"An assessment for {assessment.purpose} serves {', '.join(sorted(allowed))} only. Build on another.",
                pointer="/assessment_ids",
            )
