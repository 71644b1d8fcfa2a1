"""Figures so small that they point at somebody, and what must be hidden with them so that nobody can work them out."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def is_small(figure: int, minimum: int) -> bool:
    """Say whether a figure points at somebody; that there is nobody points at nobody."""
    return 0 < figure < minimum


def hidden(rows: Mapping[Key, tuple[int, ...]], *, minimum: int) -> frozenset[Key]:
    """Which rows of a whole are shown without figures, where the whole itself may be shown.

    A row with a small figure is hidden; and with it the next smallest, until what is hidden could not be told from the
    whole by taking away what is shown: two rows at least, and no small figure in their sum.

    >>> sorted(hidden({"a": (2,), "b": (30,), "c": (40,)}, minimum=5))
    ['a', 'b']
    """
    gone = {key for key, figures in rows.items() if any(is_small(figure, minimum) for figure in figures)}
    rest = sorted((key for key in rows if key not in gone and any(rows[key])), key=lambda key: rows[key])
    while gone and rest and _can_be_told([rows[key] for key in gone], minimum):
        gone.add(rest.pop(0))
    return frozenset(gone)


def _can_be_told(rows: list[tuple[int, ...]], minimum: int) -> bool:
    return len(rows) == 1 or any(is_small(sum(figures), minimum) for figures in zip(*rows, strict=True))
