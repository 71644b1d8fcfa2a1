"""Uploads: announced within the rules, judged once, used once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.evidence import (
    Announcement,
    MediaTypeNotTaken,
    Upload,
    UploadInfected,
    UploadNotReady,
    UploadNotScanned,
    UploadPurpose,
    UploadRules,
    UploadStage,
    UploadTooLarge,
    Verdict,
)
from app.domain.shared.errors import IllegalTransition
from tests.builders.people import CITIZEN, a_rule, rules_in_force

AT = datetime(2026, 11, 16, 9, tzinfo=UTC)
RULES = UploadRules.of(
    rules_in_force(
        a_rule("upload.media_types", ("image/png",), unit="list"),
        a_rule("upload.largest", 1000, unit="count"),
        a_rule("upload.unused", 7, unit="calendar_days"),
        on=date(2026, 11, 16),
    )
)


def announced(**changes: Any) -> Upload:
    told: dict[str, Any] = {
        "purpose": UploadPurpose.EVIDENCE,
        "digest": "ab" * 32,
        "size": 1000,
        "media_type": "image/png",
    }
    return Upload.announce(Announcement(**(told | changes)), upload_id=UUID(int=1), by=CITIZEN, at=AT, rules=RULES)


def test_an_upload_belongs_to_whoever_announces_it_and_waits_for_the_days_of_the_rule() -> None:
    upload = announced()

    assert (upload.actor_id, upload.client_id) == (CITIZEN.id, CITIZEN.client_id)
    assert upload.expires_at == AT + timedelta(days=7)
    assert upload.is_awaited
    assert upload.content.file_id == upload.id


def test_what_is_too_large_or_of_another_type_is_not_even_sent() -> None:
    with pytest.raises(UploadTooLarge):
        announced(size=1001)
    with pytest.raises(MediaTypeNotTaken, match="image/png"):
        announced(media_type="image/jpeg")


@pytest.mark.parametrize(
    ("verdict", "stage"),
    [
        (Verdict.CLEAN, UploadStage.READY),
        (Verdict.INFECTED, UploadStage.INFECTED),
        (Verdict.UNKNOWN, UploadStage.QUARANTINED),
    ],
)
def test_what_has_come_stands_as_the_scanner_says(verdict: Verdict, stage: UploadStage) -> None:
    assert announced().judged(verdict).stage is stage
    assert not announced().judged(verdict).is_awaited
    assert replace(announced(), stage=UploadStage.QUARANTINED).judged(verdict).stage is stage


@pytest.mark.parametrize("stage", sorted(set(UploadStage) - {UploadStage.ANNOUNCED, UploadStage.QUARANTINED}))
def test_nothing_is_judged_twice(stage: UploadStage) -> None:
    with pytest.raises(IllegalTransition):
        replace(announced(), stage=stage).judged(Verdict.CLEAN)


def test_what_is_ready_is_used_once() -> None:
    used = announced().judged(Verdict.CLEAN).use()

    assert used.stage is UploadStage.USED
    with pytest.raises(UploadNotReady):
        used.use()


@pytest.mark.parametrize(
    ("stage", "refusal"),
    [
        (UploadStage.ANNOUNCED, UploadNotReady),
        (UploadStage.QUARANTINED, UploadNotScanned),
        (UploadStage.INFECTED, UploadInfected),
        (UploadStage.EXPIRED, UploadNotReady),
    ],
)
def test_nothing_is_made_of_what_is_not_ready(stage: UploadStage, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        replace(announced(), stage=stage).use()


@pytest.mark.parametrize("stage", [UploadStage.INFECTED, UploadStage.EXPIRED])
def test_nothing_is_taken_for_what_is_past(stage: UploadStage) -> None:
    with pytest.raises((UploadInfected, UploadNotReady)):
        replace(announced(), stage=stage).require_open()
    announced().require_open()


def test_what_is_announced_anew_gives_way() -> None:
    assert announced().given_up().stage is UploadStage.EXPIRED
