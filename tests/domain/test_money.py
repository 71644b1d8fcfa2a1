"""Amounts are whole fen, and nothing is rounded where people read them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.money import yuan_text


@given(st.integers(-(10**12), 10**12))
def test_an_amount_written_for_people_has_two_decimals_and_reads_back_as_the_same_fen(fen: int) -> None:
    written = yuan_text(fen)

    assert Decimal(written) * 100 == fen
    assert len(written.rpartition(".")[2]) == 2
