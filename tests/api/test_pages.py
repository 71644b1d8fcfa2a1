"""The pages: the reference to read and to try, one page about each refusal, and nothing from any other host."""

import hashlib
import re

import pytest
from fastapi import FastAPI

from app.api.edge import make_edge
from app.api.health import About
from app.api.openapi.document import document_of
from app.api.pages.assets import STATIC, asset
from app.api.problems import registry
from tests.api.client import BASE, Client

PAGES = ["/", "/docs", "/docs/reference", "/docs/try", "/problems", "/problems/stale_version"]


@pytest.fixture(scope="module")
def client(edge: FastAPI) -> Client:
    return Client(edge)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_only_what_is_served_here(client: Client, path: str) -> None:
    answer = client.get(path)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', answer.text)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert {one for one in loaded if not one.startswith(("/", "data:,", "#main"))} == set()
    assert {client.get(one).status_code for one in loaded if one.startswith("/")} == {200}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_run_nothing_that_stands_in_it(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert re.findall(r"<script(?! src=)|<style| style=| on[a-z]+=", answer.text) == []


def test_each_reading_has_a_nonce_of_its_own(client: Client) -> None:
    one, other = (client.get("/docs/reference").headers["content-security-policy"] for _ in range(2))

    assert one != other


def test_every_refusal_has_its_page_in_both_languages(client: Client) -> None:
    for code in registry():
        answer = client.get(f"/problems/{code}")
        assert answer.status_code == 200, code
        assert f"<code>{code}</code>" in answer.text
        assert '<section lang="zh-CN">' in answer.text


def test_a_problem_that_does_not_exist_is_a_problem(client: Client) -> None:
    assert client.get("/problems/<script>").json()["code"] == "not_found"


def test_the_description_is_served_under_the_deployments_own_address_and_sent_once(client: Client) -> None:
    first = client.get("/openapi.json")
    again = client.get("/openapi.json", headers={"If-None-Match": first.headers["etag"]})

    assert first.json()["servers"][0]["url"] == BASE
    assert not [path for path in first.json()["paths"] if path.startswith(("/docs", "/problems", "/openapi"))]
    assert first.headers["content-encoding"] == "gzip"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.slow
@pytest.mark.parametrize("is_sandbox", [True, False])
def test_what_is_served_describes_what_stands_behind_it(*, is_sandbox: bool) -> None:
    app = make_edge(about=About(version="0.1.0", commit="", mode=""), base_url=BASE, is_sandbox=is_sandbox)

    assert Client(app).get("/openapi.json").json() == document_of(app, base_url=BASE)


@pytest.mark.parametrize("name", ["..%2fassets.py", "assets.py", "nothing.js", "VENDORED.md", ".gitattributes"])
def test_no_other_file_is_sent(client: Client, name: str) -> None:
    assert client.get(f"/docs/static/{name}").status_code == 404


def test_a_file_is_sent_once(client: Client) -> None:
    first = client.get("/docs/static/pages.css")
    again = client.get("/docs/static/pages.css", headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["content-encoding"] == "gzip"
    assert (again.status_code, again.content) == (304, b"")


def test_vendored_files_are_as_they_were_published() -> None:
    rows = re.findall(r"^\| (\S+) \|.* ([0-9a-f]{64}) \|$", (STATIC / "VENDORED.md").read_text(), re.MULTILINE)

    assert len(rows) == 3
    for name, digest in rows:
        file = asset(name)
        assert file
        assert hashlib.sha256(file.content).hexdigest() == digest
