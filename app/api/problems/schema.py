"""A refusal as it travels (RFC 9457). It is only described here; `answer` writes it."""

from typing import Annotated

from pydantic import BaseModel, Field


class ProblemFault(BaseModel):
    """What is wrong in one place of the request."""

    pointer: Annotated[
        str,
        Field(
            max_length=200,
            description="JSON pointer into the body, or `query/…`, `path/…`, `header/…`.",
            examples=["/applicant/name"],
        ),
    ]
    code: Annotated[str, Field(max_length=64, description="Stable code of the fault.", examples=["missing"])]
    detail: Annotated[str, Field(max_length=1000, description="What to do.", examples=["This is needed."])]


class Problem(BaseModel):
    """Why a request was refused, and what to do. Every refusal has this form (RFC 9457)."""

    type: Annotated[
        str,
        Field(
            max_length=300,
            description="Address of the page about this problem.",
            json_schema_extra={"format": "uri-reference"},
            examples=["/problems/invalid_content"],
        ),
    ]
    title: Annotated[str, Field(max_length=200, description="What is so, in a few words.")]
    status: Annotated[int, Field(ge=400, le=599, description="The HTTP status.", examples=[422])]
    detail: Annotated[str, Field(max_length=1000, description="What is so here, and what to do.")]
    code: Annotated[
        str,
        Field(
            max_length=64,
            description="Stable code to decide by. There may be new ones; go by the status then.",
            examples=["invalid_content"],
        ),
    ]
    request_id: Annotated[
        str, Field(max_length=64, description="Tell it to the operator.", examples=["0192f0c2a7d47c1f9b3e5d6a8c4b2e10"])
    ]
    errors: Annotated[
        list[ProblemFault] | None, Field(max_length=50, description="Each place that is wrong, where places are.")
    ]
