"""Receipts are good for as long as dated rules say."""

from datetime import UTC, datetime

import pytest

from app.domain.shared.receipt_validity import good_until, verification_good_until
from tests.builders import MONDAY, VILLAGE
from tests.builders.rules import BOOK

HERE = BOOK.at(VILLAGE, MONDAY)


@pytest.mark.parametrize(
    ("issued_at", "until"),
    [
        (datetime(2026, 3, 17, 4, 30, tzinfo=UTC), datetime(2036, 3, 17, 4, 30, tzinfo=UTC)),
        (datetime(2028, 2, 29, 4, 30, tzinfo=UTC), datetime(2038, 2, 28, 4, 30, tzinfo=UTC)),
    ],
)
def test_a_receipt_of_an_application_or_a_decision_is_good_for_ten_years(issued_at: datetime, until: datetime) -> None:
    assert good_until(issued_at, HERE) == until


def test_a_receipt_of_a_verification_is_good_for_ninety_days() -> None:
    issued_at = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

    assert verification_good_until(issued_at, HERE) == datetime(2026, 5, 31, 4, 0, tzinfo=UTC)
