"""Criteria: conditions combined by all, any, not and at least so many; read strictly from rule data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self, TypeAlias

from app.domain.entitlement.conditions import KINDS, Condition
from app.domain.entitlement.facts import Facts
from app.domain.shared.entry import Entry, MalformedRule, RuleValue
from app.domain.shared.finding import Finding, at_least, opposite
from app.domain.shared.rulebook import Rule


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the branches hold. With all of them it is `all`, with one it is `any`."""

    count: int
    of: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The branch does not hold."""

    of: "Node"


Node: TypeAlias = AtLeast | Not | Condition


def parse(value: RuleValue, where: str) -> Node:
    """The tree that rule data says.

    Raises:
        MalformedRule: a junction or a kind is not one of the closed set, or something in it is missing or too much.
    """
    return node_of(Entry(value, where))


def node_of(entry: Entry) -> Node:
    """The tree that stands at a place in rule data.

    Raises:
        MalformedRule: as of `parse`.
    """
    if entry.has("kind"):
        return _condition(entry)
    if len(entry.fields) != 1 or not entry.fields.keys() <= _JUNCTIONS.keys():
        raise MalformedRule(f"{entry.where} is neither a condition nor one of {', '.join(_JUNCTIONS)}.")
    (junction,) = entry.fields
    return _JUNCTIONS[junction](entry)


def evaluate(node: Node, facts: Facts) -> Finding:
    """What the facts say of a tree.

    Source: Kleene's strong logic of three values: what is not known settles nothing, unless the rest settles it anyhow.
    """
    match node:
        case AtLeast():
            return at_least(node.count, (evaluate(branch, facts) for branch in node.of))
        case Not():
            return opposite(evaluate(node.of, facts))
        case _:
            return node.finding(facts)


def leaves(node: Node) -> Iterator[Condition]:
    """The conditions of a tree, in the order in which the rule names them."""
    match node:
        case AtLeast():
            for branch in node.of:
                yield from leaves(branch)
        case Not():
            yield from leaves(node.of)
        case _:
            yield node


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """A tree together with the law that makes it, and the references of the rules that it was read from."""

    root: Node
    citation: str
    rule_versions: tuple[str, ...]

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """The criteria that a rule says.

        Raises:
            MalformedRule: the rule is of another shape.
        """
        return cls(root=parse(rule.value, rule.reference), citation=rule.source, rule_versions=(rule.reference,))


def _condition(entry: Entry) -> Condition:
    kind = entry.text("kind")
    if kind not in KINDS:
        raise MalformedRule(f"{entry.where}: {kind} is none of {', '.join(KINDS)}.")
    return KINDS[kind](entry)


def _all(entry: Entry) -> AtLeast:
    branches = tuple(node_of(branch) for branch in entry.entries("all"))
    return AtLeast(len(branches), branches)


def _any(entry: Entry) -> AtLeast:
    return AtLeast(1, tuple(node_of(branch) for branch in entry.entries("any")))


def _not(entry: Entry) -> Not:
    return Not(node_of(entry.entry("not")))


def _at_least(entry: Entry) -> AtLeast:
    group = entry.entry("at_least")
    group.require_only("count", "of")
    count, branches = group.whole("count"), tuple(node_of(branch) for branch in group.entries("of"))
    if not 0 < count <= len(branches):
        raise MalformedRule(f"{group.where}: {count} of {len(branches)} cannot be.")
    return AtLeast(count, branches)


_JUNCTIONS: Mapping[str, Callable[[Entry], Node]] = MappingProxyType(
    {"all": _all, "any": _any, "not": _not, "at_least": _at_least}
)
