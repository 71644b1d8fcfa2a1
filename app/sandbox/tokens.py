"""`./yian token mint`: a token for a role of a running sandbox, on the standard output."""

import json
import sys

import httpx

TIMEOUT_SECONDS = 10
FAILED = 1


def mint(*, role: str, base_url: str, json_output: bool) -> int:
    """Open a client of one's own and print the role's token; the exit code says whether there is such a role."""
    try:
        answer = httpx.post(f"{base_url.rstrip('/')}/v1/sandbox/clients", timeout=TIMEOUT_SECONDS).raise_for_status()
    except httpx.HTTPError as error:
        sys.stderr.write(f"No sandbox answers at {base_url}: {error}. Start one with ./yian dev.\n")
        return FAILED
    opened = answer.json()
    if role not in opened["tokens"]:
        sys.stderr.write(f"There is no role {role}. There are: {', '.join(sorted(opened['tokens']))}.\n")
        return FAILED
    minted = {"role": role, "token": opened["tokens"][role], "client_id": opened["client_id"]}
    sys.stdout.write((json.dumps(minted) if json_output else opened["tokens"][role]) + "\n")
    return 0
