"""What kinds of work there are for many rows, whose right each takes, and which columns its input has."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class JobKind(StrEnum):
    """What a job does."""

    CERTIFICATE_VERIFICATION = "certificate_verification"
    """Say of each certificate in a list how it stands."""
    PAYMENT_ROLL = "payment_roll"
    """Draw up the roll of a month; ordered with the roll itself."""
    PAYMENT_EXPORT = "payment_export"
    """Write an approved roll out for whoever pays, with names; ordered at the roll."""
    RECHECK_SCAN = "recheck_scan"
    """Go through all running grants of a place, and have looked at what is due or has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a kind of work reads. Whatever else a table has is the sender's own, and comes back with it."""

    code: str
    names: tuple[str, ...]
    """What people call it in the head of a table."""
    is_needed: bool = False
    """Whether the table cannot do without it; a single row may still leave it empty."""
    is_number: bool = False
    """Whether it holds the number of a register, which spreadsheets round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind: the operation whose right it takes, row by row as in the single call, and the columns of its input."""

    operation: str
    columns: tuple[Column, ...] = ()

    @property
    def takes_input(self) -> bool:
        """Say whether somebody hands in a table; otherwise its parameters say it all."""
        return bool(self.columns)


WORKS: Mapping[JobKind, Work] = MappingProxyType(
    {
        JobKind.CERTIFICATE_VERIFICATION: Work(
            operation="verify_certificate",
            columns=(
                Column(
                    code="number",
                    names=("certificate_number", "残疾人证号", "残疾人证号码", "证号"),
                    is_needed=True,
                    is_number=True,
                ),
                Column(code="name", names=("holder", "姓名", "持证人")),
                Column(
                    code="citizen_number", names=("公民身份号码", "身份证号", "身份证号码", "身份号码"), is_number=True
                ),
            ),
        ),
        JobKind.PAYMENT_ROLL: Work(operation="draft_payment_roll"),
        JobKind.PAYMENT_EXPORT: Work(operation="export_payment_roll"),
        JobKind.RECHECK_SCAN: Work(operation="scan_rechecks"),
    }
)
