"""The pages as people meet them: in a browser, wide and narrow; ours are held to WCAG 2.2 AA."""

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import uvicorn
from fastapi import Response

from app.adapters.crypto import BlindIndex, Keyring
from app.adapters.jwt import new_signing_key
from app.adapters.receipts import JwsReceiptSigner
from app.adapters.texts import YamlTexts
from app.api.edge import make_edge
from app.api.health import About
from app.api.language import Language
from app.api.pages.receipt import Paper, receipt_page
from app.api.texts import Teller
from app.services.ports.receipt import Receipt
from app.services.receipt import ReceiptOnPaper
from app.tools.suite import CHROMIUM

HERE = Path(__file__).parent
WCAG = "wcag2a,wcag2aa,wcag21a,wcag21aa,wcag22aa"
RECEIPTS = [f"/receipt/{paper}/{language}" for paper in Paper for language in Language]
OURS = ["/", "/problems", "/problems/stale_version", *RECEIPTS]
VENDORED = ["/docs/reference", "/docs/try"]
"""Made by libraries, which are looked at for what they load and not for how they are made."""
WIDE, NARROW = 1280, 320
"""CSS pixels; 320 is the width of success criterion 1.4.10."""

Seen: TypeAlias = dict[str, list[dict[str, Any]]]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def show_receipt(paper: Paper, language: Language) -> Response:
    """A receipt on paper as somebody would get it for a receipt of theirs."""
    key = new_signing_key()
    signer = JwsReceiptSigner("https://yian.example", key, index=BlindIndex(Keyring({1: bytes(range(32))}), key_id=1))
    at = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    given = Receipt(
        id=UUID(int=7),
        kind="certificate_verification",
        outcome="in_force",
        checked_at=at,
        issued_at=at,
        expires_at=at + timedelta(days=90),
        number=7,
        facts={"checked_on": "2026-11-02", "category": 4, "grade": 2},
    )
    jws = signer.sign(given, number="99010119000101001842")
    on_paper = ReceiptOnPaper(jws, signer.read(jws), given.kind, at.date(), at.date() + timedelta(days=90))
    return receipt_page(on_paper, paper, Teller(YamlTexts(), language))


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        edge = make_edge(about=About(version="0.1.0", commit="", mode="sandbox"), base_url=url)
        edge.add_api_route("/receipt/{paper}/{language}", show_receipt)
        server = uvicorn.Server(uvicorn.Config(edge, lifespan="off", log_level="critical"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        running.start()
        while not server.started:
            time.sleep(0.01)
        yield url
        server.should_exit = True
        running.join(timeout=10)


@pytest.fixture(scope="module")
def seen(site: str) -> Seen:
    """Each page of ours at both widths, the others at one."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not chromium or not shutil.which("node") or not (HERE / "node_modules").is_dir():
        pytest.skip("Needs Chromium and `npm ci --ignore-scripts --prefix tests/browser`.")
    ours = _look([site + path for path in OURS], chromium=chromium, rules=WCAG, widths=(WIDE, NARROW))
    vendored = _look([site + path for path in VENDORED], chromium=chromium, rules="", widths=(WIDE,))
    return {path: [look for look in (*ours, *vendored) if look["url"] == site + path] for path in (*OURS, *VENDORED)}


def _look(urls: list[str], *, chromium: str, rules: str, widths: tuple[int, ...]) -> list[dict[str, Any]]:
    command = ["node", str(HERE / "look.mjs"), chromium, rules, ",".join(map(str, widths)), *urls]
    done = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stderr
    looks: list[dict[str, Any]] = json.loads(done.stdout)
    return looks


@pytest.mark.parametrize("path", OURS)
def test_everybody_can_use_our_pages(seen: Seen, path: str) -> None:
    assert len(seen[path]) == 2
    assert [look["violations"] for look in seen[path]] == [[], []]


@pytest.mark.parametrize("path", OURS)
def test_a_page_of_ours_fits_a_narrow_window(seen: Seen, path: str) -> None:
    assert [look["isTooWide"] for look in seen[path]] == [False, False]


@pytest.mark.parametrize("path", [*OURS, *VENDORED])
def test_a_page_reaches_nobody_else_and_makes_no_errors(seen: Seen, path: str) -> None:
    assert seen[path]
    assert all(look["strangers"] == look["errors"] == [] for look in seen[path]), seen[path]
