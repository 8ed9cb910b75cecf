#!/bin/sh
# Once, when compose.yaml makes the primary: lets the replica of the same network follow it.
set -eu
echo "host replication $POSTGRES_USER samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
