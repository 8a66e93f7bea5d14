#!/bin/sh
# Makes the two roles and the database, once, when PostgreSQL's folder is new. psql quotes the passwords itself.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 \
    --set owner_password="$OWNER_PASSWORD" --set application_password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE pairs_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE pairs_app LOGIN PASSWORD :'application_password';
CREATE DATABASE pairs OWNER pairs_owner;
SQL
