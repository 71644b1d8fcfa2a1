"""Giving way to somebody who was quicker with a record that the caller has not named."""

import pytest

from app.domain.shared.errors import NotFound, StaleVersion
from app.services.ports.caller import TryAgain
from app.services.yielding import yielding


def test_a_record_that_the_caller_has_not_read_is_not_called_stale() -> None:
    with pytest.raises(TryAgain), yielding():
        raise StaleVersion("It was changed since you read it.")


def test_every_other_refusal_passes() -> None:
    with pytest.raises(NotFound), yielding():
        raise NotFound("There is no such case.")
