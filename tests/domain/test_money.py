"""Amounts are whole fen, and nothing is rounded in silence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.money import InvalidAmount, fen_of, share_of, yuan_text

amounts = st.integers(-(10**12), 10**12)


@given(amounts)
def test_an_amount_written_for_people_reads_back_as_the_same_fen(fen: int) -> None:
    assert fen_of(yuan_text(fen)) == fen


@pytest.mark.parametrize("text", ["", "a hundred", "NaN", "Infinity", "1,50"])
def test_a_text_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidAmount, match="not a number"):
        fen_of(text)


def test_a_fraction_of_a_fen_is_refused_and_not_rounded() -> None:
    with pytest.raises(InvalidAmount, match="fraction"):
        fen_of("1.005")


@given(amounts)
def test_all_of_an_amount_is_the_amount_and_none_of_it_is_nothing(fen: int) -> None:
    assert share_of(fen, percent=Decimal(100)) == fen
    assert share_of(fen, percent=Decimal(0)) == 0


@pytest.mark.parametrize(("fen", "percent", "share"), [(1, "50", 1), (1, "49.9", 0), (62_000, "22", 13_640)])
def test_a_share_goes_to_the_nearest_fen(fen: int, percent: str, share: int) -> None:
    assert share_of(fen, percent=Decimal(percent)) == share
