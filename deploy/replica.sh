#!/bin/sh
# A replica of the primary: copied once, then it follows. compose.yaml starts it with --profile replica.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  # A copy that was cut short is begun again.
  find "$PGDATA" -mindepth 1 -delete
  chmod 700 "$PGDATA"
  PGPASSWORD=$POSTGRES_PASSWORD pg_basebackup --host postgres --username relations --pgdata "$PGDATA" \
    --write-recovery-conf --checkpoint fast
fi
# What a visitor is reading is not cleaned up on the primary meanwhile.
exec postgres -c hot_standby_feedback=on
