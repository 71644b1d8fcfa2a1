"""How long the receipt of a verification is good, and what it is withdrawn with."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from app.adapters.postgres.verification_receipt import Draft, Moment, draft_of
from app.domain.certificate import Outcome, VerificationResult
from app.domain.shared.calendar import WorkingCalendar

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
CERTIFICATE, RECEIPT = uuid4(), uuid4()
MOMENT = Moment(NOON, NOON, date(2026, 3, 2), WorkingCalendar.of([], zone=ZoneInfo("Asia/Shanghai")))


def drafted(outcome: Outcome, valid_until: date = date(2036, 1, 1)) -> Draft:
    row = {"certificate_id": CERTIFICATE, "valid_until": valid_until}
    result = VerificationResult(outcome=outcome)
    return draft_of(result, row, receipt_id=RECEIPT, moment=MOMENT, until=NOON + timedelta(days=90))


def about(outcome: Outcome) -> UUID:
    return drafted(outcome).subject_id


def test_it_never_outlasts_the_certificate() -> None:
    for days in range(100):
        last_day = MOMENT.on + timedelta(days=days)
        receipt = drafted(Outcome.IN_FORCE, last_day).receipt
        assert NOON < receipt.expires_at <= MOMENT.calendar.end_of(last_day)

    assert drafted(Outcome.IN_FORCE).receipt.expires_at == NOON + timedelta(days=90)


def test_its_end_does_not_tell_the_last_day_of_the_certificate() -> None:
    ends = {
        days: drafted(Outcome.IN_FORCE, MOMENT.on + timedelta(days=days)).receipt.expires_at for days in range(22, 45)
    }

    assert set(ends.values()) == {datetime(2026, 3, 24, 16, 0, tzinfo=UTC)}


def test_it_goes_with_the_certificate_only_where_that_was_in_force() -> None:
    assert about(Outcome.IN_FORCE) == CERTIFICATE
    assert {about(outcome) for outcome in Outcome if outcome is not Outcome.IN_FORCE} == {RECEIPT}
