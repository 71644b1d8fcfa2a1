"""The taxonomies of the directory and their terms: few enough to be at hand, and none stands below another."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.caching import reference
from app.api.dependencies import published
from app.api.standards.hsds.answers import Answering, one_of, part_of
from app.api.standards.hsds.asking import AskedPage, OfTaxonomy, Words
from app.api.standards.hsds.shapes import TaxonomyPage, TaxonomyShape, TermPage, TermShape
from app.api.standards.hsds.translation import taxonomy_of, terms_of
from app.services import directory_terms
from app.services.directory_terms import TAXONOMIES
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/hsds", tags=["Directory"])


@router.get("/taxonomies", response_model=TaxonomyPage, **reference("list_directory_taxonomies"))
async def list_directory_taxonomies(answer: Answering, asked: AskedPage, *, search: Words = None) -> Response:
    """List the taxonomies from which terms of services are taken."""
    every = (taxonomy_of(name, answer.told) for name in TAXONOMIES)
    return answer.page(TaxonomyPage, part_of(every, search or "", asked), lambda one, _: one)


@router.get("/taxonomies/{taxonomy_id}", response_model=TaxonomyShape, **reference("get_directory_taxonomy"))
async def get_directory_taxonomy(taxonomy_id: UUID, answer: Answering) -> Response:
    """Read one taxonomy."""
    every = (taxonomy_of(name, answer.told) for name in TAXONOMIES)
    return answer.whole(one_of(every, taxonomy_id, where="taxonomies"))


@router.get("/taxonomy_terms", response_model=TermPage, **reference("list_directory_terms"))
async def list_directory_terms(
    uow: Annotated[UnitOfWork, published("list_directory_terms")],
    answer: Answering,
    asked: AskedPage,
    *,
    search: Words = None,
    taxonomy_id: OfTaxonomy = None,
    parent_id: Annotated[UUID | None, Query(description="Only those below this term; there are none.")] = None,
    top_only: Annotated[bool, Query(description="Only those below no other; all are.")] = False,  # noqa: ARG001
) -> Response:
    """List the terms by which services are found."""
    every = terms_of(await directory_terms.list_directory_terms(uow=uow), answer.told)
    wanted = (one for one in every if taxonomy_id in {None, one.taxonomy_detail.id} and parent_id is None)
    return answer.page(TermPage, part_of(wanted, search or "", asked), lambda one, _: one)


@router.get("/taxonomy_terms/{taxonomy_term_id}", response_model=TermShape, **reference("get_directory_term"))
async def get_directory_term(
    taxonomy_term_id: UUID, uow: Annotated[UnitOfWork, published("get_directory_term")], answer: Answering
) -> Response:
    """Read one term with where it is taken from."""
    every = terms_of(await directory_terms.list_directory_terms(uow=uow), answer.told)
    return answer.whole(one_of(every, taxonomy_term_id, where="taxonomy_terms"))
