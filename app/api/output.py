"""What goes out, as a Pydantic model that describes and writes, and does not check."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from typing_extensions import override

_set = object.__setattr__


class Output(BaseModel):
    """What goes out: every field, always.

    The values are our own: the type checker holds them to the fields, and the tests hold each answer to the published
    schema. Checked once more at run time, a list of a hundred cost more than all else that was done for it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)

    @override
    def __init__(self, /, **fields: Any) -> None:
        _set(self, "__dict__", fields)
        _set(self, "__pydantic_fields_set__", fields.keys())
        _set(self, "__pydantic_extra__", None)
        _set(self, "__pydantic_private__", None)
