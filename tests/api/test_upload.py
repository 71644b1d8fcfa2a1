"""Uploads over HTTP: only what was announced is kept, only by whoever announced it, and only the entitled read it."""

import asyncio
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from app.adapters.files.store import NoFiles
from app.adapters.postgres.database import open_pool
from app.adapters.postgres.roles import WORKER
from app.adapters.postgres.upload import PostgresLeftUploads
from app.domain.evidence import Verdict
from app.services.evidence import look_after_uploads
from tests.acting import World, open_world
from tests.api.flow import submitted
from tests.api.uploading import HEIC, JPEG, PDF, PNG, TYPES, announced, announcement, sent, uploaded

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture
def folder(installed: Any) -> Path:
    """Where this deployment keeps files."""
    return Path(installed.settings.files_url.removeprefix("file://"))


def kept(folder: Path) -> dict[str, bytes]:
    """Every file in the store, as it lies there."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lose(paths: Iterable[str]) -> None:
    """As a disk does."""
    for path in paths:
        Path(path).unlink()


@pytest.mark.parametrize("media_type", TYPES)
async def test_what_is_what_was_announced_is_taken(world: World, media_type: str) -> None:
    upload = await uploaded(world, TYPES[media_type], media_type=media_type)

    assert upload["stage"] == "ready"


async def test_an_upload_becomes_evidence_and_the_entitled_read_it_back(world: World, folder: Path) -> None:
    application, photo = await submitted(world), os.urandom(300_000)
    photo = JPEG[:20] + photo
    upload = await uploaded(world, photo, media_type="image/jpeg")

    evidence = await world.post(
        "portal",
        "/v1/evidence",
        {"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": upload["id"]},
    )

    assert (evidence["assurance"], len(evidence["settled"])) == ("uploaded", 1)
    assert evidence["content"] == announcement(photo, "image/jpeg")
    answer = await world.call("township_officer", "GET", f"/v1/evidence/{evidence['id']}/content")
    assert answer.content == photo
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == f'attachment; filename="{evidence["id"]}.jpg"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in answer.headers["cache-control"]
    files = kept(folder)
    assert not any(photo[20:60] in lies for lies in files.values())
    assert not any(upload["digest"][:12] in name or upload["id"] in name for name in files)


async def test_each_reading_of_a_file_is_written_down(world: World, superuser: asyncpg.Connection) -> None:
    application, upload = await submitted(world), await uploaded(world)
    told = {"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": upload["id"]}
    evidence = await world.post("portal", "/v1/evidence", told)

    for who, status in (("citizen", 200), ("county_reviewer", 200), ("portal", 403), ("evaluator", 403)):
        answer = await world.call(who, "GET", f"/v1/evidence/{evidence['id']}/content")
        assert answer.status_code == status, who

    seen = await superuser.fetchval(
        "SELECT count(*) FROM access_record WHERE operation = 'get_evidence_content' AND $1 = ANY (person_ids) "
        "AND 'evidence_content' = ANY (disclosed)",
        world.citizen["person_id"],
    )
    assert seen == 2


async def test_an_upload_is_used_once(world: World) -> None:
    application, upload = await submitted(world), await uploaded(world)
    told = {"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": upload["id"]}
    await world.post("portal", "/v1/evidence", told)

    again = await world.call("portal", "POST", "/v1/evidence", json=told)

    assert (again.status_code, again.json()["code"]) == (409, "upload_not_ready")


async def test_nothing_is_made_of_a_file_that_has_not_come(world: World) -> None:
    application, upload = await submitted(world), await announced(world)

    answer = await world.call(
        "portal",
        "POST",
        "/v1/evidence",
        json={"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": upload["id"]},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "upload_not_ready")


async def test_the_same_content_announced_again_is_the_same_upload(world: World) -> None:
    first = await announced(world)

    assert (await announced(world))["id"] == first["id"]
    assert (await announced(world, who="county_officer"))["id"] != first["id"]


async def test_the_same_content_may_be_announced_anew_as_what_it_is(world: World) -> None:
    wrong = await announced(world, JPEG, media_type="image/png")
    assert (await sent(world, wrong, JPEG)).status_code == 422

    right = await uploaded(world, JPEG, media_type="image/jpeg")

    assert right["id"] != wrong["id"]
    assert (await sent(world, wrong, JPEG)).json()["code"] == "upload_not_ready"


async def test_what_is_sent_twice_is_kept_once(world: World, folder: Path) -> None:
    upload = await uploaded(world)
    files = kept(folder)

    again = await sent(world, upload)

    assert (again.status_code, again.json()["stage"]) == (200, "ready")
    assert kept(folder) == files
    assert (await sent(world, upload, JPEG)).status_code == 422


@pytest.mark.parametrize(
    ("name", "told", "content"),
    [
        ("another content of the same size", announcement(PNG), PNG[:-30] + bytes(18) + PNG[-12:]),
        ("too little", announcement(PNG), PNG[:-1]),
        ("nothing", announcement(PNG), b""),
        ("too much", announcement(PNG), PNG + b"\0"),
        ("HTML as PNG", announcement(b"<html><script>alert(1)</script>"), b"<html><script>alert(1)</script>"),
        ("a PNG with HTML at its end", announcement(PNG + b"<script>"), PNG + b"<script>"),
        ("a JPEG that is HTML too", announcement(JPEG + b"<html>", "image/jpeg"), JPEG + b"<html>"),
        ("a JPEG that is PDF too", announcement(JPEG + b"%PDF-1.7", "image/jpeg"), JPEG + b"%PDF-1.7"),
        (
            "a PDF that is an archive too",
            announcement(PDF + b"PK\x05\x06%%EOF", "application/pdf"),
            PDF + b"PK\x05\x06%%EOF",
        ),
        ("a PDF after something else", announcement(b"junk" + PDF, "application/pdf"), b"junk" + PDF),
        ("PNG as PDF", announcement(PNG, "application/pdf"), PNG),
        (
            "an AVIF as HEIC",
            announcement(HEIC.replace(b"heic", b"avif").replace(b"mif1", b"avif"), "image/heic"),
            HEIC.replace(b"heic", b"avif").replace(b"mif1", b"avif"),
        ),
    ],
)
async def test_what_is_not_what_was_announced_is_refused_and_leaves_nothing(
    world: World, folder: Path, *, name: str, told: dict[str, Any], content: bytes
) -> None:
    before = kept(folder)
    upload = await world.post("portal", "/v1/uploads", told)

    answer = await sent(world, upload, content)

    assert (answer.status_code, answer.json()["code"]) == (422, "upload_differs"), name
    assert kept(folder) == before
    assert (await world.get("portal", f"/v1/uploads/{upload['id']}"))["stage"] == "announced"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 10 * 1024 * 1024 + 1}, "upload_too_large"),
        ({"media_type": "text/html"}, "media_type_not_taken"),
        ({"media_type": "image/svg+xml"}, "media_type_not_taken"),
        ({"media_type": "application/zip"}, "media_type_not_taken"),
        ({"size": 0}, "invalid_content"),
        ({"digest": "AB" * 32}, "invalid_content"),
        ({"digest": "../" * 10}, "invalid_content"),
        ({"purpose": "avatar"}, "invalid_content"),
        ({"file_name": "../../etc/passwd"}, "invalid_content"),
    ],
)
async def test_what_would_not_be_taken_is_refused_before_it_is_sent(
    world: World, changes: dict[str, Any], code: str
) -> None:
    answer = await world.call("portal", "POST", "/v1/uploads", json=announcement(PNG) | changes)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_more_than_the_deployment_takes_is_refused_while_it_comes(world: World) -> None:
    upload = await announced(world)

    answer = await sent(world, upload, bytes(11 * 1024 * 1024))

    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")


async def test_another_kind_of_body_is_refused(world: World) -> None:
    upload = await announced(world)

    answer = await world.call(
        "portal", "PUT", upload["target"], content=b"a=1", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


async def test_nobody_elses_upload_is_there(world: World) -> None:
    other, upload = await open_world(world.api), await uploaded(world)

    for who in ("portal", "county_officer"):
        assert (await sent(other, upload, who=who)).status_code == 404
        assert (await other.call(who, "GET", f"/v1/uploads/{upload['id']}")).status_code == 404
    assert (await sent(world, upload, who="county_officer")).status_code == 404
    application = await submitted(other)
    stolen = {"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": upload["id"]}
    assert (await other.call("portal", "POST", "/v1/evidence", json=stolen)).status_code == 404


async def test_an_upload_is_compared_with_its_original_by_an_officer(world: World) -> None:
    application, upload = await submitted(world), await uploaded(world)
    told = {"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": upload["id"]}
    evidence = await world.post("portal", "/v1/evidence", told)

    verified = await world.step("township_officer", f"/v1/evidence/{evidence['id']}", "verification")

    assert (verified["assurance"], verified["version"]) == ("counter", 2)
    assert verified["verified_on"] is not None
    refused = await world.try_step("citizen", f"/v1/evidence/{evidence['id']}", "verification")
    assert refused.status_code == 403


class Fickle:
    """A scanner that says what it is told to say."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.seen = b""

    async def scan(self, pieces: AsyncIterable[bytes]) -> Verdict:
        self.seen = b"".join([piece async for piece in pieces])
        return self.verdict

    async def trouble(self) -> str:
        return ""


@pytest.fixture
def scanner(app: FastAPI) -> Iterator[Fickle]:
    """A scanner that this deployment has for one test."""
    fickle, ports = Fickle(Verdict.CLEAN), app.state.ports
    app.state.ports = replace(ports, stores=replace(ports.stores, scanner=fickle))
    yield fickle
    app.state.ports = ports


async def test_a_scanner_sees_the_very_content(world: World, scanner: Fickle) -> None:
    upload = await uploaded(world)

    assert (upload["stage"], scanner.seen) == ("ready", PNG)


async def test_what_the_scanner_finds_is_removed_and_cannot_be_used(
    world: World, scanner: Fickle, folder: Path
) -> None:
    before, scanner.verdict = kept(folder), Verdict.INFECTED
    upload = await announced(world)

    answer = await sent(world, upload)

    assert (answer.status_code, answer.json()["code"]) == (409, "upload_infected")
    assert kept(folder) == before
    assert (await world.get("portal", f"/v1/uploads/{upload['id']}"))["stage"] == "infected"
    application = await submitted(world)
    told = {"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": upload["id"]}
    assert (await world.call("portal", "POST", "/v1/evidence", json=told)).json()["code"] == "upload_infected"


async def test_nothing_is_made_of_a_file_before_it_is_clean(
    world: World, scanner: Fickle, *, installed: Any, app: FastAPI
) -> None:
    scanner.verdict = Verdict.UNKNOWN
    upload = await announced(world)
    application = await submitted(world)
    told = {"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": upload["id"]}

    waiting = (await sent(world, upload)).json()

    assert waiting["stage"] == "quarantined"
    assert (await world.call("portal", "POST", "/v1/evidence", json=told)).json()["code"] == "upload_not_scanned"
    await looked_after(app, installed)
    assert (await world.get("portal", f"/v1/uploads/{upload['id']}"))["stage"] == "quarantined"
    scanner.verdict = Verdict.CLEAN
    await looked_after(app, installed)
    assert (await world.get("portal", f"/v1/uploads/{upload['id']}"))["stage"] == "ready"
    await world.post("portal", "/v1/evidence", told)


async def test_what_waits_and_is_found_unsafe_later_is_removed(
    world: World, scanner: Fickle, folder: Path, *, installed: Any, app: FastAPI
) -> None:
    before, scanner.verdict = kept(folder), Verdict.UNKNOWN
    upload = await uploaded(world)

    scanner.verdict = Verdict.INFECTED
    await looked_after(app, installed)

    assert kept(folder) == before
    assert (await world.get("portal", f"/v1/uploads/{upload['id']}"))["stage"] == "infected"


async def test_a_file_that_is_lost_keeps_no_other_from_its_turn(
    world: World, scanner: Fickle, folder: Path, *, installed: Any, app: FastAPI
) -> None:
    before, scanner.verdict = kept(folder), Verdict.UNKNOWN
    lost = await uploaded(world)
    lose(kept(folder).keys() - before.keys())
    other = await uploaded(world, JPEG, media_type="image/jpeg")

    scanner.verdict = Verdict.CLEAN
    await looked_after(app, installed)

    stages = [(await world.get("portal", f"/v1/uploads/{one['id']}"))["stage"] for one in (lost, other)]
    assert stages == ["quarantined", "ready"]
    await looked_after(app, installed, days=8)
    assert (await world.call("portal", "GET", f"/v1/uploads/{lost['id']}")).status_code == 404


async def test_what_nobody_has_used_in_time_is_removed_and_what_was_used_stays(
    world: World, folder: Path, *, installed: Any, app: FastAPI
) -> None:
    before, application = kept(folder), await submitted(world)
    used = await uploaded(world)
    its_file = kept(folder).keys() - before.keys()
    told = {"kind": "photo", "origin": "upload", "application_id": application["id"], "upload_id": used["id"]}
    evidence = await world.post("portal", "/v1/evidence", told)
    left, awaited = await uploaded(world), await announced(world, JPEG, media_type="image/jpeg")

    await looked_after(app, installed, days=6)
    assert len(kept(folder).keys() - before.keys()) == 2
    await looked_after(app, installed, days=8)

    assert kept(folder).keys() - before.keys() == its_file
    for gone in (left, awaited):
        assert (await world.call("portal", "GET", f"/v1/uploads/{gone['id']}")).status_code == 404
    assert (await world.call("citizen", "GET", f"/v1/evidence/{evidence['id']}/content")).content == PNG


async def test_what_comes_after_its_time_has_run_out_leaves_nothing(
    world: World, folder: Path, *, installed: Any, app: FastAPI
) -> None:
    before, upload = kept(folder), await announced(world)

    async def slowly() -> AsyncIterator[bytes]:
        yield PNG[:20]
        await looked_after(app, installed, days=8)
        yield PNG[20:]

    headers = {"Content-Type": "image/png"}
    answer = await world.call("portal", "PUT", upload["target"], content=slowly(), headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert kept(folder).keys() - before.keys() == set()


async def test_without_a_store_uploads_are_refused_and_all_else_is_served(world: World, app: FastAPI) -> None:
    upload, ports = await announced(world), app.state.ports
    app.state.ports = replace(ports, stores=replace(ports.stores, files=NoFiles()))
    try:
        answer = await sent(world, upload)
        ready = await world.api.get("/readyz")
    finally:
        app.state.ports = ports

    assert (answer.status_code, answer.json()["code"]) == (503, "files_unavailable")
    told = {check["name"]: check for check in ready.json()["checks"]}
    assert (ready.status_code, told["files"]["ok"]) == (200, True)
    assert "YIAN_FILES_URL" in told["files"]["detail"]
    assert "YIAN_CLAMD" in told["scanner"]["detail"]
    assert (await sent(world, upload)).status_code == 200


async def test_a_scanner_that_hangs_keeps_nothing_else_from_being_served(
    world: World, scanner: Fickle, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs() -> str:
        await asyncio.Event().wait()
        return ""

    monkeypatch.setattr(scanner, "trouble", hangs)

    ready = await world.api.get("/readyz")

    told = {check["name"]: check for check in ready.json()["checks"]}
    assert (ready.status_code, told["scanner"]["ok"]) == (200, True)
    assert "No answer" in told["scanner"]["detail"]


async def looked_after(app: FastAPI, installed: Any, *, days: int = 0) -> None:
    """What the worker does, as if days had passed."""
    pool = await open_pool(installed.server.dsn(WORKER, installed.database), size=2, name="yian-worker")
    at = datetime.now(UTC) + timedelta(days=days)
    try:
        await look_after_uploads(PostgresLeftUploads(pool), stores=app.state.ports.stores, at=at)
    finally:
        await pool.close()
