"""What a unit of work leaves behind besides its result: events with their log leaves, and records of access."""

import hashlib
import json
import secrets
from datetime import datetime
from uuid import UUID

from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import AccessRecordRow, EventRow, LogLeafRow
from app.domain.shared.events import Aggregate, Event, Rehearsed
from app.services.ports.caller import Caller

SALT_BYTES = 16


def add_event(
    session: Session,
    event: Event | Rehearsed,
    *,
    about: Aggregate,
    event_id: UUID,
    caller: Caller,
    at: datetime,
    recorded_at: datetime,
) -> None:
    """Add the event and the leaf that commits to it, so that neither can be there without the other."""
    row = {
        "id": event_id,
        "name": event.name,
        "subject_id": about.id,
        "subject_version": about.version,
        "application_id": about.application_id,
        "person_id": about.person_id,
        "region_path": about.region,
        "effective_at": at,
        "actor_id": caller.subject,
        "client_id": caller.client_id,
        "request_id": caller.request_id,
        "facts": event.facts(),
        "recorded_at": recorded_at,
    }
    canonical = json.dumps(row, default=str, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    salt = secrets.token_bytes(SALT_BYTES)
    session.add(EventRow, **row)
    session.add(
        LogLeafRow,
        event_id=event_id,
        canonical=canonical,
        salt=salt,
        commitment=hashlib.sha256(salt + canonical).digest(),
    )


def add_access_record(
    session: Session,
    person_ids: list[UUID],
    *,
    disclosed: list[str],
    purpose: str | None,
    caller: Caller,
    recorded_at: datetime,
) -> None:
    """Add the one row that names everyone whom this request has shown."""
    session.add(
        AccessRecordRow,
        recorded_at=recorded_at,
        actor_id=caller.subject,
        client_id=caller.client_id,
        operation=caller.operation,
        purpose=purpose,
        disclosed=disclosed,
        person_ids=person_ids,
        request_id=caller.request_id,
    )
