"""One figure of a measurement, what it is to be, and how all of them are printed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured; `aim` is the most that the project allows itself, None where it has set itself nothing."""

    name: str
    value: float
    unit: str
    aim: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether it is within its aim."""
        return None if self.aim is None else self.value <= self.aim

    def to_json(self) -> dict[str, Any]:
        """The figure for programs."""
        return asdict(self) | {"holds": self.holds}


def table_of(figures: Sequence[Figure], *, title: str, caption: str) -> Table:
    """The figures as a table."""
    table = Table("figure", title=title, caption=caption)
    for heading in ("value", "unit", "aim", "holds"):
        table.add_column(heading, justify="left" if heading == "unit" else "right")
    for figure in figures:
        aim = "" if figure.aim is None else f"≤ {figure.aim:g}"
        held = {None: "", True: "yes", False: "NO"}[figure.holds]
        table.add_row(figure.name, _written(figure.value), figure.unit, aim, held)
    return table


def _written(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
