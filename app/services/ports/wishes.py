"""How those whom an answer shows want to be told: noted by its transaction, read by whoever writes the answer down."""

from typing import TypeAlias
from uuid import UUID

from app.domain.person import Preferences

Wishes: TypeAlias = dict[UUID, Preferences]
"""By person. Whoever is not in it is not shown to the caller in this."""
