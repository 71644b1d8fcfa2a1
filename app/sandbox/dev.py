"""`./yian dev`: an embedded database, a sandbox in it, and a server over it, in one command."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import httpx
import uvicorn
from rich.console import Console

from app.adapters.keys import read_keys
from app.adapters.postgres.embedded import embedded_postgres
from app.adapters.postgres.roles import OWNER
from app.sandbox import seed
from app.sandbox.installation import DatabaseServer, environment, keys_file, prepare_database, worker_environment

ROOT = Path(__file__).parents[2]
DATABASE = "yian"
HOST = "127.0.0.1"
STEP_SECONDS = 0.05
READY_SECONDS = 30.0
SHUTDOWN_SECONDS = 10


class PortTaken(Exception):
    """Something else listens where we would."""


def run(*, port: int, data_dir: Path, persons: int, json_output: bool) -> None:
    """Serve a sandbox until Ctrl-C or SIGTERM, and leave nothing running.

    Raises:
        PortTaken: another program listens on the port.
    """
    # By itself SIGTERM ends a process on the spot, and what it has started would be left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console(stderr=True)
    _require_free(port)
    with embedded_postgres(data_dir) as database:
        keys = _installed(database, data_dir, console)
        base_url = f"http://{HOST}:{port}"
        os.environ |= environment(database, DATABASE, keys=keys, public_url=base_url)
        if persons:
            seconds = seed.run(database.dsn(OWNER, DATABASE), read_keys(keys), persons=persons, console=console)
            console.print(f"{persons:,} synthetic people in {seconds:.1f} s.")
        announce = _announce_json if json_output else _announce
        with working(worker_environment(database, DATABASE)):
            serve(port, lambda: announce(base_url))


@contextmanager
def working(environment: Mapping[str, str]) -> Iterator[None]:
    """Run a worker beside the server, in a process of its own so that its work delays no answer."""
    quiet = {"YIAN_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "app.cli", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment | quiet, start_new_session=True) as worker:  # noqa: S603 - our own command
        try:
            yield
        finally:
            _end(worker)


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Let it end what it does; a round that takes longer is broken off, and the next start does it again."""
    worker.terminate()
    try:
        worker.wait(timeout=SHUTDOWN_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()


def serve(port: int, when_ready: Callable[[], None]) -> None:
    """Run the server in this process; tell once when it answers."""
    config = uvicorn.Config(
        "app.main:create_app",
        factory=True,
        host=HOST,
        port=port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = uvicorn.Server(config)

    def wait() -> None:
        started = monotonic()
        while not server.started and monotonic() - started < READY_SECONDS:
            threading.Event().wait(STEP_SECONDS)
        if server.started:
            when_ready()

    threading.Thread(target=wait, daemon=True).start()
    server.run()


def _installed(database: DatabaseServer, directory: Path, console: Console) -> Path:
    with console.status("Migrating, and loading rulebooks, regions and the sandbox's authority …"):
        prepare_database(database, DATABASE)
        return keys_file(directory)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise PortTaken(f"Port {port} is taken. Choose another: ./yian dev --port {port + 1}") from None


def _announce_json(base_url: str) -> None:
    opened = httpx.post(f"{base_url}/v1/sandbox/clients", timeout=10).raise_for_status().json()
    ready = {
        "base_url": base_url,
        "openapi_url": f"{base_url}/openapi.json",
        "docs_url": f"{base_url}/docs",
        "tokens": opened["tokens"],
        "client_id": opened["client_id"],
        "client_secret": opened["client_secret"],
        "citizen": opened["citizen"],
    }
    sys.stdout.write(json.dumps(ready, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _announce(base_url: str) -> None:
    console = Console(stderr=True)
    console.print(f"\n[bold]Yian[/bold] serves a sandbox at {base_url}")
    console.print(f"  Reference     {base_url}/docs")
    console.print(f"  Try it        ./yian demo --base-url {base_url}")
    console.print(f"  A client      curl -X POST {base_url}/v1/sandbox/clients")
    console.print("  Ctrl-C ends it; nothing is lost.\n")
