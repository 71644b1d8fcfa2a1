"""The database roles and what each is for; made once by an administrator, or by the embedded database itself."""

OWNER = "yian_owner"
"""Owns tables and runs migrations, by its own URL. Row-level security binds it too."""
GATE = "yian_gate"
"""Owns the one function that confirms a caller; nobody logs in as it."""
APP = "yian_app"
"""Serves requests; owns nothing."""
WORKER = "yian_worker"
"""Runs the worker: limits that run out, offers, jobs and upkeep; owns nothing."""
REPORT = "yian_report"
"""Reads what holds no person."""

CREATE_ROLES = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN
    CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOBYPASSRLS;
    CREATE ROLE {GATE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
    CREATE ROLE {APP} LOGIN NOSUPERUSER NOBYPASSRLS;
    CREATE ROLE {WORKER} LOGIN NOSUPERUSER NOBYPASSRLS;
    CREATE ROLE {REPORT} LOGIN NOSUPERUSER NOBYPASSRLS;
    GRANT {GATE} TO {OWNER};
  END IF;
END $$;
"""

PREPARE_DATABASE = f"""
CREATE EXTENSION IF NOT EXISTS btree_gist;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}, {GATE};
GRANT USAGE ON SCHEMA public TO {APP}, {WORKER}, {REPORT};
"""
