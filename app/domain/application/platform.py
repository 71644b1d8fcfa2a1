"""The names that the platform has for what it sends: carried through, so that both sides speak of the same thing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from app.domain.shared.errors import Unprocessable
from app.domain.shared.identity import MatterCode


class PlatformNameUnclear(Unprocessable):
    """A name of the platform's belongs to an item that is not asked for, or to two items at once."""

    code = "platform_name_unclear"
    title = "A name of the platform's does not belong to one item"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformName:
    """What the platform calls one item: the matter in its catalogue, and its own number of the matter's handling.

    Source: GB/T 39554.1-2020 for 事项编码; 办件编号 as the platform gives it.
    """

    matter_code: MatterCode | None = None
    source_number: str | None = None


NO_NAME = PlatformName()
PlatformNames: TypeAlias = Mapping[str, PlatformName]


def require_clear(names: PlatformNames, *, items: Collection[str]) -> None:
    """Hold each name to one item that is asked for.

    Raises:
        PlatformNameUnclear: an item is named that is not asked for, or two items have one name.
    """
    if unknown := sorted(names.keys() - set(items)):
        raise PlatformNameUnclear(
            f"These are not asked for: {', '.join(unknown)}. Name only items of this application.",
            pointer="/platform_names",
        )
    for given in (
        [name.matter_code for name in names.values() if name.matter_code is not None],
        [name.source_number for name in names.values() if name.source_number is not None],
    ):
        if len(set(given)) != len(given):
            raise PlatformNameUnclear(
                "Two items have the same name. Give each its own, or leave it out.", pointer="/platform_names"
            )
