"""Events that have not happened look like those that have."""

from dataclasses import fields
from datetime import date
from uuid import uuid4

from app.domain.shared.events import IS_TEST
from app.services.rehearsal import event_types, sample_of


def test_an_event_is_fired_with_a_fact_in_every_field() -> None:
    for name, kind in event_types().items():
        sample = sample_of(kind, new_id=uuid4, on=date(2026, 11, 26))

        assert sample.name == name
        assert None not in [getattr(sample, one.name) for one in fields(kind)], name
        assert IS_TEST not in sample.facts(), name
