"""Reading what a rule says when it says more than one thing, with the types that the domain needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias, TypeVar

T = TypeVar("T")

RuleValue: TypeAlias = "bool | int | str | date | tuple[RuleValue, ...] | Mapping[str, RuleValue] | None"
"""What a rule may say: plain, exact and frozen. Fractions are texts, because a float is not what the law wrote."""


class MalformedRule(ValueError):
    """The data of a rule is not of the shape that its reader needs: a mistake in a rulebook, found when it is read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping inside a rule, read key by key; every complaint says where in the data it stands.

    >>> from types import MappingProxyType
    >>> entry = Entry(MappingProxyType({"code": "notice", "roles": ("township_officer",)}), "package.x")
    >>> entry.text("code"), entry.texts("roles"), entry.texts("documents")
    ('notice', ('township_officer',), ())
    """

    value: RuleValue
    where: str

    @property
    def fields(self) -> Mapping[str, RuleValue]:
        """The mapping itself.

        Raises:
            MalformedRule: the value is something else.
        """
        if not isinstance(self.value, Mapping):
            raise MalformedRule(f"{self.where} is not a mapping.")
        return self.value

    def has(self, key: str) -> bool:
        """Say whether the key is there."""
        return key in self.fields

    def require_only(self, *keys: str) -> None:
        """Refuse keys that nobody reads, because they are misspelt ones.

        Raises:
            MalformedRule: there is another key.
        """
        if unknown := sorted(self.fields.keys() - set(keys)):
            raise MalformedRule(f"{self.where} has unknown keys: {', '.join(unknown)}.")

    def text(self, key: str) -> str:
        """A text that must be there."""
        return self._one(key, str)

    def whole(self, key: str) -> int:
        """A whole number that must be there."""
        return self._one(key, int)

    def decimal(self, key: str) -> Decimal:
        """A fraction that must be there, written as a text.

        Raises:
            MalformedRule: it is missing, or the text is no number.
        """
        try:
            return Decimal(self.text(key))
        except InvalidOperation:
            raise MalformedRule(f"{self.where}.{key} is no number.") from None

    def flag(self, key: str) -> bool:
        """Whether something is so; it must be said."""
        return self._one(key, bool)

    def day(self, key: str) -> date:
        """A day that must be there."""
        return self._one(key, date)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none when the key is missing."""
        return self._many(key, str)

    def days(self, key: str) -> tuple[date, ...]:
        """A list of days; none when the key is missing."""
        return self._many(key, date)

    def entry(self, key: str) -> "Entry":
        """A mapping that must be there."""
        return Entry(self._present(key), f"{self.where}.{key}")

    def entries(self, key: str) -> tuple["Entry", ...]:
        """A list of mappings; none when the key is missing."""
        return tuple(Entry(item, f"{self.where}.{key}[{index}]") for index, item in enumerate(self._list(key)))

    def _one(self, key: str, kind: type[T]) -> T:
        return _as(kind, self._present(key), f"{self.where}.{key}")

    def _many(self, key: str, kind: type[T]) -> tuple[T, ...]:
        return tuple(_as(kind, item, f"{self.where}.{key}[{index}]") for index, item in enumerate(self._list(key)))

    def _list(self, key: str) -> tuple[RuleValue, ...]:
        return _as(tuple, self.fields.get(key, ()), f"{self.where}.{key}")

    def _present(self, key: str) -> RuleValue:
        if key not in self.fields:
            raise MalformedRule(f"{self.where} lacks {key}.")
        return self.fields[key]


def _as(kind: type[T], value: RuleValue, where: str) -> T:
    # A bool is an int to Python and not to the law, hence the exact type.
    if type(value) is not kind:
        raise MalformedRule(f"{where} is not of the type {kind.__name__}.")
    return value
