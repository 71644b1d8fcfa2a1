"""The file with a deployment's keys: one that signs, and those that seal fields, of which the newest writes."""

import base64
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.adapters.crypto import Keyring, new_key
from app.adapters.jwt import new_signing_key


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of a deployment. Lost keys are lost data; the file belongs in the vault, not in the backup."""

    signing_key: dict[str, Any] = field(repr=False)
    fields: Keyring = field(repr=False)
    index_key_id: int
    """The key that look-ups are digested with: it stays when the others rotate, or nobody would be found again."""


class KeysUnreadable(ValueError):
    """The file of keys is damaged, or another one. Nothing of it is quoted."""


def read_keys(file: Path) -> Keys:
    """The keys of a file that `make_keys` has written.

    Raises:
        KeysUnreadable: it is none.
    """
    try:
        written = json.loads(file.read_text("utf-8"))
        return Keys(
            signing_key=written["signing_key"],
            fields=Keyring({int(number): base64.b64decode(key) for number, key in written["field_keys"].items()}),
            index_key_id=written["index_key_id"],
        )
    except (AttributeError, LookupError, TypeError, ValueError):
        raise KeysUnreadable(f"{file} holds no keys, or damaged ones. Take it from the vault.") from None


def make_keys(file: Path) -> None:
    """Write new keys to a file that is not there yet, readable by nobody else."""
    written = {
        "signing_key": new_signing_key(),
        "field_keys": {"1": base64.b64encode(new_key()).decode()},
        "index_key_id": 1,
    }
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(written, stream, indent=2)
