"""Why something is so, as a code with parameters: people read it in their language, programs compare it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Parameter: TypeAlias = "bool | int | str | tuple[str, ...]"
"""A parameter is a plain value; where it is a code, the catalogue of texts knows it as `<parameter>.<code>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason. `code` names a sentence of the catalogue of texts, and `parameters` fill it in."""

    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
