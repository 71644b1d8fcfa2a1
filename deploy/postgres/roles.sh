#!/bin/sh
# Runs once, in a new database folder: the roles that app/adapters/postgres/roles.py describes, and the database.
set -eu

psql --set ON_ERROR_STOP=1 --username postgres \
    --set owner_password="$YIAN_OWNER_PASSWORD" \
    --set app_password="$YIAN_APP_PASSWORD" \
    --set worker_password="$YIAN_WORKER_PASSWORD" <<'SQL'
CREATE ROLE yian_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE yian_gate NOLOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE yian_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app_password';
CREATE ROLE yian_worker LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'worker_password';
CREATE ROLE yian_report LOGIN NOSUPERUSER NOBYPASSRLS;
GRANT yian_gate TO yian_owner;
CREATE DATABASE yian OWNER yian_owner;
\connect yian
CREATE EXTENSION IF NOT EXISTS btree_gist;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO yian_owner, yian_gate;
GRANT USAGE ON SCHEMA public TO yian_app, yian_worker, yian_report;
SQL
