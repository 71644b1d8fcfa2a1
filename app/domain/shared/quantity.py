"""How much of a service: a whole number of something countable."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.shared.errors import Unprocessable


class InvalidQuantity(Unprocessable):
    """So much of a service cannot be planned or delivered."""

    code = "invalid_quantity"
    title = "The quantity cannot be right"


class Unit(StrEnum):
    """In what a service is counted."""

    SESSION = "session"
    """次"""
    HOUR = "hour"
    """小时"""
    DAY = "day"
    """天"""
    MONTH = "month"
    """月"""
    ITEM = "item"
    """件"""
    FEN = "fen"
    """分, for what is paid out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """So many units.

    Raises:
        InvalidQuantity: it is less than one.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse what is nothing, or less."""
        if self.amount < 1:
            raise InvalidQuantity("An amount is one or more. Enter how much there is.", pointer="/amount")
