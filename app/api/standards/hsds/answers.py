"""How the directory answers: whole, page by page as HSDS counts them, and only where something has changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Request, Response

from app.api.caching import answer_unless_known
from app.api.standards.hsds.shapes import PageShape, Shape, TaxonomyShape, TermShape
from app.api.texts import CONTENT_LANGUAGE, Teller, Told
from app.domain.shared.errors import NotFound
from app.services.directory import ItemT, NumberedPage, PageAsked

PageT = TypeVar("PageT", bound=PageShape[Any])
NamedT = TypeVar("NamedT", TaxonomyShape, TermShape)


@dataclass(frozen=True, slots=True)
class Answer:
    """Says what was found in the caller's language, to anybody, and lets caches keep it."""

    request: Request
    told: Teller

    def whole(self, shown: Shape) -> Response:
        """All of it, or that what the caller has is still right."""
        headers = {
            "Cache-Control": "public, max-age=300",
            "Vary": "Accept-Language",
            "Access-Control-Allow-Origin": "*",
            CONTENT_LANGUAGE: self.told.language.value,
        }
        return answer_unless_known(self.request, shown.to_json(), headers=headers)

    def page(self, kind: type[PageT], found: NumberedPage[ItemT], of: Callable[[ItemT, Teller], Shape]) -> Response:
        """A page of a kind, each of its items by the words of HSDS."""
        pages = -(-found.total // found.asked.size)
        shown = kind(
            total_items=found.total,
            total_pages=pages,
            page_number=found.asked.number,
            size=len(found.items),
            first_page=found.asked.number == 1,
            last_page=found.asked.number >= pages,
            empty=not found.items,
            contents=[of(one, self.told) for one in found.items],
        )
        return self.whole(shown)


async def _answer(request: Request, told: Told) -> Answer:
    return Answer(request, told)


Answering = Annotated[Answer, Depends(_answer)]


def part_of(every: Iterable[NamedT], text: str, asked: PageAsked) -> NumberedPage[NamedT]:
    """A page of what is at hand whole and says all words of a text."""
    words = text.lower().split()
    found = [one for one in every if all(word in f"{one.name} {one.description}".lower() for word in words)]
    return NumberedPage(items=tuple(found[asked.first : asked.first + asked.size]), asked=asked, total=len(found))


def one_of(every: Iterable[NamedT], key: UUID, *, where: str) -> NamedT:
    """The one with an id.

    Raises:
        NotFound: there is none.
    """
    for one in every:
        if one.id == key:
            return one
    raise NotFound(f"There is none with this id. Look it up under /v1/hsds/{where}.")
