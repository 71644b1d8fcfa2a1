"""Events that have not happened look like those that have."""

from dataclasses import fields
from datetime import date
from uuid import uuid4

import pytest

from app.domain.shared.events import IS_TEST
from app.services.rehearsal import event_types, sample_of


@pytest.mark.parametrize("name", list(event_types()))
def test_an_event_is_fired_with_a_fact_in_every_field(name: str) -> None:
    kind = event_types()[name]

    sample = sample_of(kind, new_id=uuid4, on=date(2026, 11, 26))

    assert sample.name == name
    assert None not in [getattr(sample, one.name) for one in fields(kind)]
    assert IS_TEST not in sample.facts()
