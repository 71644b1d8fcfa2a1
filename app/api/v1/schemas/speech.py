"""On whose word something is done, where not the person's own token does it."""

from typing import Annotated, TypeAlias

from pydantic import Field

from app.api.v1.schemas.types import Input
from app.domain.shared.voice import Voice

SaidBy: TypeAlias = Annotated[
    Voice | None,
    Field(description="Whose word it was. An officer who takes it down must say so; nobody else needs to."),
]


class WithdrawalCreate(Input):
    """That something is taken back."""

    said_by: SaidBy = None
