"""Amounts of money: whole fen inside, yuan with two decimals for people. Nothing here ever rounds in silence."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from app.domain.shared.errors import Unprocessable

FEN_IN_A_YUAN = 100


class InvalidAmount(Unprocessable):
    """The text cannot be an amount of money."""

    code = "invalid_amount"
    title = "The amount cannot be right"


def fen_of(yuan: str) -> int:
    """The whole fen in an amount written in yuan.

    >>> fen_of("140"), fen_of("0.05")
    (14000, 5)

    Raises:
        InvalidAmount: it is not a number, or there is a fraction of a fen in it.
    """
    try:
        fen = Decimal(yuan) * FEN_IN_A_YUAN
        whole = int(fen)
    except (InvalidOperation, ValueError, OverflowError):
        raise InvalidAmount(
            "The amount is not a number. Write yuan with at most two decimals, such as 140.00."
        ) from None
    if fen != whole:
        raise InvalidAmount("The amount has a fraction of a fen. Write yuan with at most two decimals, such as 140.00.")
    return whole


def yuan_text(fen: int) -> str:
    """An amount in yuan, as people read it.

    >>> yuan_text(14000), yuan_text(-5)
    ('140.00', '-0.05')
    """
    yuan, rest = divmod(abs(fen), FEN_IN_A_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan}.{rest:02d}"


def share_of(fen: int, *, percent: Decimal) -> int:
    """So many per cent of an amount, to the nearest fen; half a fen counts as a whole one.

    >>> share_of(10_050, percent=Decimal("25"))
    2513
    """
    return int((fen * percent / 100).to_integral_value(rounding=ROUND_HALF_UP))
