"""What one kind of request costs, and how it is printed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from rich.table import Table

from app.tools.bench.requests.load import Load


@dataclass(frozen=True, slots=True)
class Figure:
    """What one kind of request costs; `aim` is what the project has set itself."""

    name: str
    aim: str
    requests: int
    failed: int
    app_ms: float
    postgres_ms: float
    statements: float
    per_second: float
    median_ms: float
    p99_ms: float

    @classmethod
    def of(
        cls, name: str, aim: str, result: Load, *, app_seconds: float, postgres_seconds: float, statements: float
    ) -> "Figure":
        """The figure of a load and of the processor time that went by meanwhile."""
        count = len(result.seconds)
        return cls(
            name=name,
            aim=aim,
            requests=count,
            failed=result.failed,
            app_ms=app_seconds / count * 1000,
            postgres_ms=postgres_seconds / count * 1000,
            statements=statements,
            per_second=count / result.elapsed_seconds,
            median_ms=median(result.seconds) * 1000,
            p99_ms=quantiles(result.seconds, n=100)[-1] * 1000,
        )

    @property
    def cpu_ms(self) -> float:
        """Processor time in the application and in PostgreSQL together."""
        return self.app_ms + self.postgres_ms


def statements_since(log: Path, position: int) -> float:
    """How many statements a request has run, from the lines that were logged behind a position; 0 where none says.

    Verifications of many callers share one transaction, and the ceiling's are not counted.
    """
    with log.open("rb") as lines:
        lines.seek(position)
        counted = [json.loads(line).get("statements", 0) for line in lines if line.startswith(b"{")]
    return median(counted) if counted else 0.0


def table_of(figures: Sequence[Figure], *, title: str, caption: str) -> Table:
    """The figures as a table, the first of them being the ceiling."""
    table = Table(title=title, caption=caption)
    columns = ("CPU ms", "app", "PostgreSQL", "ceiling ÷ it", "statements", "a second", "median ms", "p99 ms", "aim")
    table.add_column("request")
    for heading in columns:
        table.add_column(heading, justify="right")
    ceiling = figures[0].cpu_ms
    for figure in figures:
        table.add_row(
            figure.name,
            f"{figure.cpu_ms:.2f}",
            f"{figure.app_ms:.2f}",
            f"{figure.postgres_ms:.2f}",
            f"{ceiling / figure.cpu_ms:.2f}",
            f"{figure.statements:g}" if figure.statements else "",
            f"{figure.per_second:,.0f}",
            f"{figure.median_ms:.1f}",
            f"{figure.p99_ms:.1f}",
            figure.aim,
        )
    return table
