"""Texts for people: a code with parameters becomes a sentence in a language."""

from collections.abc import Mapping
from typing import Protocol


class Texts(Protocol):
    """The catalogue of texts of a deployment."""

    def sentence(self, code: str, parameters: Mapping[str, object], *, language: str) -> str:
        """The sentence of a code in a language, its parameters filled in; the code itself where nobody has written one.

        A parameter that is itself a code is put into words as `<parameter>.<code>`; of a list, each member is.
        """
        ...
