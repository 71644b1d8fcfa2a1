"""What a portal does, with the client that is made from the document. It is type-checked, not run."""  # noqa: INP001

from uuid import uuid4

from yian_client import AuthenticatedClient
from yian_client.api.applications import get_application, submit_application
from yian_client.models import ApplicantCreate, ApplicationCreate, ApplicationRead, Channel, Problem, SubmissionRead

APPLICATION = ApplicationCreate(
    package_code="disability_services",
    items=["certificate", "living_subsidy"],
    source_number="2026-000123",
    channel=Channel.PORTAL,
    applicant=ApplicantCreate(name="阿依努尔·买买提", citizen_number="990101190001010018", region_code="652301104"),
)


class Refused(Exception):
    """The service says no, and says why."""


def submit(base_url: str, token: str) -> SubmissionRead:
    """Submit an application; sent again with the same key, it is the same application."""
    client = AuthenticatedClient(base_url=base_url, token=token)
    answer = submit_application.sync(client=client, body=APPLICATION, idempotency_key=str(uuid4()))
    if isinstance(answer, Problem):
        raise Refused(f"{answer.code}: {answer.detail} (request {answer.request_id})")
    assert answer is not None  # the document names every status
    return answer


def status_of(client: AuthenticatedClient, submitted: SubmissionRead) -> str:
    """How an application stands."""
    answer = get_application.sync(submitted.id, client=client)
    return answer.status.value if isinstance(answer, ApplicationRead) else "unknown"
