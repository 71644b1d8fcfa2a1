"""Golden vectors: answers whose result is known from the published source, so that data and code are held to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.assessment.instrument import Answer, Instrument
from app.domain.assessment.scoring import AnswerNotInInstrument, Answers, score
from app.domain.shared.entry import RuleValue

REFUSED = "refused"
"""The expectation that answers are not taken at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """One set of answers, and what is expected of their result, by its fields."""

    where: str
    answers: Mapping[str, Answer]
    expected: Mapping[str, RuleValue]

    def complaint(self, instrument: Instrument) -> str | None:
        """What is otherwise than expected, in a sentence; None where all is as it should be."""
        try:
            result = score(instrument, Answers.to(instrument, self.answers))
        except AnswerNotInInstrument as refusal:
            return None if REFUSED in self.expected else f"{self.where} is not taken: {refusal}"
        if REFUSED in self.expected:
            return f"{self.where} is taken, and should be refused."
        for field, value in self.expected.items():
            if getattr(result, field) != value:
                return f"{self.where}: {field} is {getattr(result, field)} and should be {value}."
        return None
