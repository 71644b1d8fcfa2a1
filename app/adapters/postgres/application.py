"""Applications with their items: rows to the aggregate and back; what was handed in is sealed."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.adapters.postgres.reach import BEGINNING, reach_of
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import ApplicationItemRow, ApplicationRow, ReceiptRow
from app.adapters.postgres.tables.application import SUBMITTED_ON
from app.adapters.postgres.visit import WAYS
from app.domain.application import Application, CaseKind, Channel, Item, PlatformName, PublicStatus
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import NotFound, StaleVersion
from app.domain.shared.identity import MatterCode
from app.services.ports.application import ApplicationLine, Form, ItemLine, LatestForm

_APPLICATION = f"""
SELECT id, person_id, region_path, package_code, package_version, source_id, source_number, channel, assisted_by,
       submitted_at, clock_id, version,
       (SELECT json_agg(json_build_object('code', i.code, 'case_id', i.case_id, 'case_kind', i.case_kind,
                        'owner_id', i.owner_id, 'owner_code', i.owner_code, 'matter_code', i.matter_code,
                        'source_number', i.source_number, 'status', i.status,
                        'status_reason', i.status_reason, 'depends_on', i.depends_on,
                        'promised_until', i.promised_until)
                        ORDER BY i.position)
        FROM application_item i WHERE i.application_id = application.id) AS items,
       {WAYS} AS ways
FROM application
"""
LINE = """
SELECT id, person_id, region_path, package_code, source_id, source_number, channel, status, is_finished, submitted_at,
       version, digest_cipher,
       (SELECT array_agg(ROW(i.code, i.case_id, i.case_kind, i.owner_code, i.matter_code, i.source_number, i.status)
                         ORDER BY i.position)
        FROM application_item i WHERE i.application_id = application.id) AS items
FROM application
"""
_ONE = f"{_APPLICATION} WHERE id = $1"
_FINISHED = {None: "", True: "AND is_finished", False: "AND NOT is_finished"}
_PAGE = "id > $2 ORDER BY id LIMIT $3"
_ON_DAY = f"{SUBMITTED_ON} = $4"
_SENT_BY = "source_id = $5"
_BY_SOURCE = "SELECT id FROM application WHERE source_id = $1 AND source_number = $2"
_FORM = "SELECT form_cipher FROM application WHERE id = $1"
_LATEST = """
SELECT id, region_path, package_code, form_cipher FROM application WHERE person_id = $1 ORDER BY id DESC LIMIT 1
"""
_OPEN_ITEMS = "SELECT code FROM application_item WHERE person_id = $1 AND NOT is_finished"
_KEEP_FORM = "UPDATE application SET form_cipher = $2::bytea WHERE id = $1::uuid"
_CHANNELS = {channel.value: channel for channel in Channel}
_KINDS = {kind.value: kind for kind in CaseKind}
_STATUSES = {status.value: status for status in PublicStatus}
"""Looked up, which takes a quarter of what calling an enumeration does."""
_SAVE_ITEMS = """
UPDATE application_item i
SET status = changed.status, is_finished = changed.is_finished, status_reason = changed.status_reason
FROM unnest($2::text[], $3::text[], $4::boolean[], $5::text[]) AS changed (code, status, is_finished, status_reason)
WHERE i.application_id = $1 AND i.code = changed.code
"""


class PostgresApplications:
    """Applications in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, application_id: UUID, *, version: int | None = None) -> Application:
        """The application with its items, in one statement."""
        row = await self._session.row(_ONE, application_id)
        if row is None:
            raise NotFound("There is no such application. Check the id.")
        application = _to_application(row)
        if version is not None and application.version != version:
            raise StaleVersion
        return application

    async def join_registration(self, person_id: UUID) -> bool:
        """Take in where somebody is registered who lives in the caller's areas, to the end of the transaction."""
        row = await self._session.row("SELECT join_registration($1) AS is_joined", person_id)
        return bool(row and row["is_joined"])

    async def find_by_source(self, source_id: UUID, source_number: str) -> UUID | None:
        """The application that a source knows by its own number."""
        row = await self._session.row(_BY_SOURCE, source_id, source_number)
        return row["id"] if row else None

    async def form(self, application_id: UUID) -> Form:
        """What was handed in, opened."""
        row = await self._session.row(_FORM, application_id)
        if row is None:
            raise NotFound("There is no such application. Check the id.")
        written = self._opened(row["form_cipher"], application_id)
        elsewhere = tuple(written.get("said_elsewhere", ()))
        return Form(written["applicant"], written["answers"], said_elsewhere=elsewhere)

    async def latest_of(self, person_id: UUID) -> LatestForm | None:
        """What was answered in a person's latest application."""
        row = await self._session.row(_LATEST, person_id)
        if row is None:
            return None
        answers = self._opened(row["form_cipher"], row["id"])["answers"]
        return LatestForm(region=row["region_path"], package_code=row["package_code"], answers=answers)

    def _opened(self, sealed: bytes, application_id: UUID) -> dict[str, Any]:
        cipher = self._session.cipher
        opened = cipher.decrypt(sealed, table="application", column="form_cipher", row=application_id)
        written: dict[str, Any] = json.loads(opened)
        return written

    async def open_items_of(self, person_id: UUID) -> frozenset[str]:
        """What a person has asked for and is not decided yet."""
        return frozenset(row["code"] for row in await self._session.rows(_OPEN_ITEMS, person_id))

    def add(self, application: Application, form: Form) -> None:
        """Add the application and its items."""
        self._session.add(
            ApplicationRow,
            id=application.id,
            person_id=application.person_id,
            region_path=application.region,
            package_code=application.package_code,
            package_version=application.package_version,
            source_id=application.source_id,
            source_number=application.source_number,
            channel=application.channel,
            assisted_by=application.assisted_by,
            status=application.status,
            is_finished=application.is_finished,
            form_cipher=self._sealed_form(application.id, form),
            digest_cipher=self._sealed_digest(application.id, form),
            submitted_at=application.submitted_at,
            clock_id=application.clock_id,
            version=application.version,
        )
        for item in application.items:
            self._add_item(application, item)

    def add_item(self, application: Application, item: Item, form: Form) -> None:
        """Add the item after the others, and seal the form anew with what is answered for it."""
        self._add_item(application, item)
        self._session.finally_run(_KEEP_FORM, application.id, self._sealed_form(application.id, form))

    def _add_item(self, application: Application, item: Item) -> None:
        self._session.add(
            ApplicationItemRow,
            application_id=application.id,
            code=item.code,
            position=application.items.index(item),
            person_id=application.person_id,
            region_path=application.region,
            case_id=item.case_id,
            case_kind=item.case_kind,
            owner_id=item.owner_id,
            owner_code=item.owner_code,
            matter_code=item.platform.matter_code.value if item.platform.matter_code else None,
            source_id=application.source_id if item.platform.source_number else None,
            source_number=item.platform.source_number,
            depends_on=list(item.depends_on),
            promised_until=item.promised_until,
            status=item.status,
            status_reason=item.status_reason,
            is_finished=item.is_finished,
        )

    def _sealed_form(self, application_id: UUID, form: Form) -> bytes:
        said = {"applicant": form.applicant, "answers": form.answers, "said_elsewhere": form.said_elsewhere}
        written = json.dumps(said, ensure_ascii=False)
        return self._session.cipher.encrypt(written, table="application", column="form_cipher", row=application_id)

    def _sealed_digest(self, application_id: UUID, form: Form) -> bytes | None:
        if form.digest is None:
            return None
        return self._session.cipher.encrypt(
            form.digest, table="application", column="digest_cipher", row=application_id
        )

    def receive(self, receipt_id: UUID, application: Application, *, at: datetime, until: datetime) -> None:
        """Note the receipt."""
        self._session.add(
            ReceiptRow,
            id=receipt_id,
            subject_id=application.id,
            kind="application",
            outcome=application.status,
            issued_at=at,
            expires_at=until,
            withdrawn_at=None,
        )

    async def save(self, application: Application) -> Application:
        """Write the application and the items over the version that was read."""
        version = await self._session.save(
            ApplicationRow,
            application.id,
            application.version,
            status=application.status,
            is_finished=application.is_finished,
        )
        items = application.items
        await self._session.rows(
            _SAVE_ITEMS,
            application.id,
            [item.code for item in items],
            [item.status for item in items],
            [item.is_finished for item in items],
            [item.status_reason for item in items],
        )
        return replace(application, version=version)

    async def page(
        self,
        *,
        is_finished: bool | None,
        submitted_on: date | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[ApplicationLine]:
        """Some of those in the caller's areas, or of those that the caller is a party to, in one statement."""
        reach = reach_of(whose, in_order=True)
        condition, asked = f"{reach.condition} {_FINISHED[is_finished]}", [reach.value, after or BEGINNING, limit]
        if submitted_on is not None:
            condition, asked = f"{condition} AND {_ON_DAY}", [*asked, submitted_on]
            if whose.roles == {Role.PORTAL}:  # its own day, by the index that serves just that
                condition, asked = f"{condition} AND {_SENT_BY}", [*asked, whose.client_id]
        rows = await self._session.rows(f"{LINE} WHERE {condition} AND {_PAGE}", *asked)
        return [to_line(row, whose=whose, session=self._session) for row in rows]


def to_digest(row: Any, session: Session) -> str | None:
    """The digest of what was sent, opened."""
    if row["digest_cipher"] is None:
        return None
    return session.cipher.decrypt(row["digest_cipher"], table="application", column="digest_cipher", row=row["id"])


def to_line(row: Any, *, whose: Principal, session: Session) -> ApplicationLine:
    """The application as a line; the digest is told to the source alone."""
    return ApplicationLine(
        id=row["id"],
        person_id=row["person_id"],
        region=row["region_path"],
        package_code=row["package_code"],
        source_number=row["source_number"],
        channel=_CHANNELS[row["channel"]],
        status=_STATUSES[row["status"]],
        is_finished=row["is_finished"],
        submitted_at=row["submitted_at"],
        version=row["version"],
        digest=to_digest(row, session) if row["source_id"] == whose.client_id else None,
        items=tuple(_to_item_line(item) for item in row["items"] or ()),
    )


def _to_item_line(item: Any) -> ItemLine:
    code, case_id, kind, owner_code, matter_code, source_number, status = item
    return ItemLine(code, case_id, _KINDS[kind], owner_code, matter_code, source_number, _STATUSES[status])


def _to_application(row: Any) -> Application:
    return Application(
        id=row["id"],
        person_id=row["person_id"],
        region=row["region_path"],
        package_code=row["package_code"],
        package_version=row["package_version"],
        source_id=row["source_id"],
        source_number=row["source_number"],
        channel=Channel(row["channel"]),
        submitted_at=row["submitted_at"],
        items=tuple(_to_item(item) for item in json.loads(row["items"] or "[]")),
        assisted_by=row["assisted_by"],
        clock_id=row["clock_id"],
        ways=row["ways"],
        version=row["version"],
    )


def _to_item(item: dict[str, Any]) -> Item:
    return Item(
        code=item["code"],
        case_id=UUID(item["case_id"]),
        case_kind=CaseKind(item["case_kind"]),
        owner_id=UUID(item["owner_id"]),
        owner_code=item["owner_code"],
        platform=PlatformName(
            matter_code=MatterCode(item["matter_code"]) if item["matter_code"] else None,
            source_number=item["source_number"],
        ),
        status=PublicStatus(item["status"]),
        status_reason=item["status_reason"],
        depends_on=tuple(item["depends_on"]),
        promised_until=date.fromisoformat(item["promised_until"]) if item["promised_until"] else None,
    )
