"""The ages that criteria let have a service, for directories that say no more of eligibility than ages."""

from dataclasses import dataclass

from app.domain.entitlement.conditions import AgeBetween
from app.domain.entitlement.criteria import AtLeast, Node


@dataclass(frozen=True, slots=True)
class AgeSpan:
    """From which completed year to which; None where there is no bound."""

    at_least: int | None
    at_most: int | None


def age_span(root: Node) -> AgeSpan:
    """The bounds that everybody must keep to; an age that only one of several ways asks for bounds nobody.

    >>> age_span(AtLeast(1, (AgeBetween(7, None, None),)))
    AgeSpan(at_least=7, at_most=None)
    """
    ages = [branch for branch in _required(root) if isinstance(branch, AgeBetween)]
    lows = [age.at_least for age in ages if age.at_least is not None]
    highs = [age.at_most for age in ages if age.at_most is not None]
    return AgeSpan(max(lows, default=None), min(highs, default=None))


def _required(node: Node) -> tuple[Node, ...]:
    if isinstance(node, AtLeast) and node.count == len(node.of):
        return tuple(leaf for branch in node.of for leaf in _required(branch))
    return (node,)
