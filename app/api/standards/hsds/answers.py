"""How the directory answers: whole, page by page as HSDS counts them, and only where something has changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query, Request, Response

from app.api.caching import answer_unless_known
from app.api.standards.hsds.shapes import PageShape, Shape
from app.api.texts import CONTENT_LANGUAGE, Teller, Told
from app.services.directory import ItemT, NumberedPage, PageAsked

LAST_PAGE = 100_000
PageT = TypeVar("PageT", bound=PageShape[Any])


async def _page_asked(
    page: Annotated[int, Query(ge=1, le=LAST_PAGE, description="Which page; the first is 1.")] = 1,
    per_page: Annotated[int, Query(ge=1, le=100, description="How many a page has at most.")] = 50,
) -> PageAsked:
    return PageAsked(number=page, size=per_page)


AskedPage = Annotated[PageAsked, Depends(_page_asked)]


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


def part_of(every: Sequence[ItemT], asked: PageAsked) -> NumberedPage[ItemT]:
    """A page of what is at hand whole."""
    return NumberedPage(items=tuple(every[asked.first : asked.first + asked.size]), asked=asked, total=len(every))
