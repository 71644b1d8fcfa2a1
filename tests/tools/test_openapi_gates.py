"""The gates of the description: the committed file is the code's, and a harmful change does not go unnoticed."""

import json
from collections.abc import Callable
from copy import deepcopy

import pytest

from app.api.openapi.published import DOCUMENT
from app.tools import openapi


@pytest.mark.parametrize("name", openapi.CANARIES)
def test_every_canary_harms_the_document(name: str) -> None:
    document = json.loads(DOCUMENT.read_text("utf-8"))
    before = deepcopy(document)

    openapi.CANARIES[name](document)

    assert document != before


@pytest.mark.slow
@pytest.mark.parametrize("gate", openapi.GATES, ids=lambda gate: gate.__name__)
def test_no_gate_that_can_look_finds_anything(gate: Callable[[], openapi.Outcome]) -> None:
    outcome = gate()

    if outcome.ok is None:
        pytest.skip(f"{outcome.gate}: {outcome.detail}")
    assert outcome.ok, outcome.detail
