"""The environment of a checkout: what is installed when a lock changes."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "requirements" / "install.py"
ONE = b"one==1.0 \\\n    --hash=sha256:aa\n"
ONE_NEWER = b"one==1.1 \\\n    --hash=sha256:bb\n"
TWO = b"two==2.0 ; sys_platform == 'darwin' \\\n    --hash=sha256:cc\n"
TWO_ELSEWHERE = b"two==3.0 ; sys_platform != 'darwin' \\\n    --hash=sha256:dd\n"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("held", "wanted", "more"),
    [
        (ONE, ONE + TWO, TWO),
        (ONE + TWO, ONE_NEWER + TWO, ONE_NEWER),
        (ONE + TWO, ONE + TWO + TWO_ELSEWHERE, TWO_ELSEWHERE),
        (ONE + TWO, ONE, b""),
        (b"", ONE, b""),
    ],
)
def test_only_what_a_lock_has_more_is_installed_and_all_anew_where_it_lost_something(
    held: bytes, wanted: bytes, more: bytes
) -> None:
    assert loaded().grown(held, wanted) == more
