"""What every condition can say of itself."""

from collections.abc import Mapping
from typing import Protocol

from app.domain.entitlement.facts import Facts
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Parameter, Reason


class Condition(Protocol):
    """A leaf of a tree of criteria."""

    @property
    def code(self) -> str:
        """Which sentence of the catalogue of texts says it."""
        ...

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """What fills the sentence in."""
        ...

    def finding(self, facts: Facts, /) -> Finding:
        """What the facts say of it on a day."""
        ...

    def change(self, facts: Facts, /) -> Reason | None:
        """What the person could do so that it holds; None where it is nothing that anybody is told to change.

        A disability, its grade, an age and a family are nobody's to change.
        """
        ...
