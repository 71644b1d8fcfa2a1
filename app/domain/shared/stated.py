"""Facts as they were known when something was decided: plain values by code, so that any context can hand them on."""

from collections.abc import Mapping
from typing import TypeAlias

StatedValue: TypeAlias = "bool | int | str | None"
"""None is what was not known."""
Stated: TypeAlias = Mapping[str, StatedValue]
"""By code; one with a point names one of several, such as `needs.long_term_care`."""
