"""The status lists of receipts, for everybody: which receipts were withdrawn, told to nobody which one is looked at."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.api.caching import NOT_MODIFIED
from app.api.dependencies import ports_of

STATUS_LIST_JWT = "application/statuslist+jwt"
CACHED = "public, max-age=300"
MAX_LISTS = 1_000_000
_TOKEN = {
    "schema": {"type": "string", "maxLength": 400_000, "description": "A compact JWS of the type statuslist+jwt."}
}

router = APIRouter(tags=["Tokens"])


@router.get(
    "/status-lists/{list_number}",
    operation_id="get_status_list",
    response_class=Response,
    responses={
        200: {"description": "The list, signed.", "content": {STATUS_LIST_JWT: _TOKEN}},
        NOT_MODIFIED: {"description": "What you have is still right."},
    },
)
async def get_status_list(
    list_number: Annotated[int, Path(ge=1, le=MAX_LISTS, description="As the receipt's `status` names it.")],
    request: Request,
) -> Response:
    """Get a list of a million receipts: the bit at a receipt's place is 1 since it was withdrawn.

    It is an IETF Token Status List: `lst` is base64url of zlib's form of one bit a receipt, from the lowest bit of each
    byte on. Keep it: `ttl` says when to look again, and `exp` how long it may be gone by with the network off.
    """
    text = await ports_of(request).status_lists.signed(list_number)
    tag = f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": CACHED, "Access-Control-Allow-Origin": "*"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return Response(text, headers=headers, media_type=STATUS_LIST_JWT)
