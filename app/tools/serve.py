"""`./yian serve`: the server of a deployment, over the database and the keys that the environment names."""

import uvicorn

SHUTDOWN_SECONDS = 25


def run(*, host: str, port: int, workers: int) -> None:
    """Serve until told to stop; requests under way are answered first."""
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
    )
