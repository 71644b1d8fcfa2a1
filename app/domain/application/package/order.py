"""The order in which the items of a package can be done: each after all that it waits for."""

from collections.abc import Iterable, Mapping

from app.domain.application.package.item import PackageItem
from app.domain.shared.entry import MalformedRule


def in_order(items: Iterable[PackageItem], *, where: str) -> tuple[PackageItem, ...]:
    """The items as they stand, except that each comes after all that it waits for.

    Raises:
        MalformedRule: an item waits for what is not there, or for itself by way of others; the circle is named.
    """
    ordered: list[PackageItem] = []
    waiting = list(items)
    _require_all_there(waiting, where=where)
    while waiting:
        placed = {item.code for item in ordered}
        ready = [item for item in waiting if placed.issuperset(item.depends_on)]
        if not ready:
            stuck = {item.code: item.depends_on for item in waiting}
            raise MalformedRule(f"{where}: items wait for one another in a circle: {' → '.join(_circle(stuck))}.")
        ordered += ready
        waiting = [item for item in waiting if not placed.issuperset(item.depends_on)]
    return tuple(ordered)


def _require_all_there(items: list[PackageItem], *, where: str) -> None:
    codes = {item.code for item in items}
    if len(codes) != len(items):
        raise MalformedRule(f"{where} has two items of one code.")
    for item in items:
        if missing := sorted(set(item.depends_on) - codes):
            raise MalformedRule(
                f"{where}: {item.code} waits for {', '.join(missing)}, which the package does not hold."
            )


def _circle(waits_for: Mapping[str, tuple[str, ...]]) -> list[str]:
    """One circle among items each of which waits for another one of them."""
    path = [next(iter(waits_for))]
    while path[-1] not in path[:-1]:
        path.append(next(code for code in waits_for[path[-1]] if code in waits_for))
    return path[path.index(path[-1]) :]
