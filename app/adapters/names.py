"""Chinese names in the forms in which they are compared: simplified by OpenCC, and in Pinyin by pypinyin."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Protocol

from app.domain.duplicate import NameForms, with_common_characters, written_alike

MOST_REMEMBERED = 20_000


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


class ChineseNames:
    """Makes names comparable; both libraries are loaded when the first name comes."""

    def forms(self, name: str, *, variants: Mapping[str, str]) -> NameForms:
        """The forms of a name.

        >>> forms = ChineseNames().forms("張 喆", variants={"喆": "哲"})
        >>> forms.plain, forms.sound
        ('张哲', 'zhang zhe')
        """
        written = written_alike(name)
        plain = with_common_characters(_simplified().convert(written), variants)
        return NameForms(written=written, plain=plain, sound=_sound(plain))


@cache
def _simplified() -> _Converter:
    import opencc  # noqa: PLC0415 - its tables are large, and most processes compare nothing

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


@lru_cache(MOST_REMEMBERED)
def _sound(plain: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - the same

    return " ".join(lazy_pinyin(plain))
