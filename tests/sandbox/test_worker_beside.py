"""The worker beside `./yian dev` ends with it, whatever it is doing."""

import sys
import time
from pathlib import Path

import psutil
import pytest

from app.sandbox import dev


def test_a_worker_in_the_middle_of_a_long_round_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = tmp_path / "busy"
    busy.write_text(f"#!/bin/sh\ntrap '' TERM\n: > {tmp_path}/begun\nfor _ in 1 2 3 4 5; do sleep 1; done\n", "utf-8")
    busy.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(busy))
    monkeypatch.setattr(dev, "SHUTDOWN_SECONDS", 0.2)

    with dev.working({}):
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        (worker,) = (one for one in psutil.Process().children() if one.cmdline()[-1] == "worker")
        began = time.monotonic()

    assert time.monotonic() - began < 2
    assert not worker.is_running()
