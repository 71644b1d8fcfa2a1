"""What a caller may do next to a case and, for the rest, why not."""

from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Output
from app.domain.shared.transitions import Allowed


class ActionRead(Output):
    """One action: whether it is open to this caller now."""

    action: Annotated[str, Field(max_length=64)]
    operation: Annotated[str, Field(max_length=64, description="The operation that does it.")]
    allowed: bool
    reason_code: Annotated[
        str | None, Field(max_length=64, description="Why not, or what to look at first; else null.")
    ]
    reason: Annotated[str | None, Field(max_length=500, description="The same for people; null where nothing is said.")]

    @classmethod
    def of(cls, allowed: Allowed, teller: Teller) -> Self:
        """The action as it travels, in the caller's language."""
        return cls(
            action=allowed.action,
            operation=allowed.operation,
            allowed=allowed.allowed,
            reason_code=allowed.reason_code,
            reason=_reason(allowed, teller),
        )


def _reason(allowed: Allowed, teller: Teller) -> str | None:
    if allowed.reason_code is None:
        return None
    code = f"not_allowed.{allowed.reason_code}"
    said = teller.say(code, allowed.parameters)
    return said if said != code else allowed.reason
