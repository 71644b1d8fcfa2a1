"""Amounts of money: whole fen inside, yuan with two decimals for people."""

FEN_IN_A_YUAN = 100


def yuan_text(fen: int) -> str:
    """An amount in yuan, as people read it.

    >>> yuan_text(14000), yuan_text(-5)
    ('140.00', '-0.05')
    """
    yuan, rest = divmod(abs(fen), FEN_IN_A_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan}.{rest:02d}"
