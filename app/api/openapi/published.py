"""The description as it is served: the one that was published, under a deployment's own address.

To make it of the code takes seconds, in which a server answers nobody else. That both are the same is held by a gate.
"""

import json
from pathlib import Path

from app.api.openapi.document import Json, pruned

DOCUMENT = Path(__file__).parents[3] / "openapi" / "v1.json"
OF_SANDBOX = "Sandbox"


def published(*, base_url: str, is_sandbox: bool) -> Json:
    """The description of a deployment; what only a sandbox has is left out elsewhere."""
    document: Json = json.loads(DOCUMENT.read_bytes())
    document["servers"][0]["url"] = base_url
    return document if is_sandbox else _of_real_people(document)


def _of_real_people(document: Json) -> Json:
    document["tags"] = [tag for tag in document["tags"] if tag["name"] != OF_SANDBOX]
    document["paths"] = {
        path: operations
        for path, operations in document["paths"].items()
        if all(OF_SANDBOX not in one.get("tags", ()) for one in operations.values())
    }
    return pruned(document)
