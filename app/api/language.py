"""In which language the caller reads: English unless `Accept-Language` prefers Chinese."""

from enum import StrEnum

from starlette.datastructures import Headers

MAX_LANGUAGES = 10


class Language(StrEnum):
    """The languages that all texts for people exist in."""

    ENGLISH = "en"
    CHINESE = "zh-CN"


def language_of(headers: Headers) -> Language:
    """The language that the caller likes best of ours.

    >>> language_of(Headers({"accept-language": "ug, zh-Hans;q=0.9, en;q=0.8"})).value
    'zh-CN'
    >>> language_of(Headers({})).value
    'en'
    """
    wish = headers.get("accept-language")
    if not wish:
        return Language.ENGLISH
    weights = {"en": 0.0, "zh": 0.0}
    for one in wish.split(",")[:MAX_LANGUAGES]:
        tag, _, weight = one.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        if primary in weights:
            weights[primary] = max(weights[primary], _quality(weight))
    return Language.CHINESE if weights["zh"] > weights["en"] else Language.ENGLISH


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return min(float(value), 1.0)
    except ValueError:
        return 0.0
