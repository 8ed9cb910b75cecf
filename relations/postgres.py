"""PostgreSQL's own programs, told where the database is without showing its password."""

import os
import subprocess

from django.db import connection

from relations.copies import CopyError

# What the programs are told by the environment, which other users cannot read.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def call(program: str, *arguments: str) -> None:
    """Run pg_dump and the like on the site's database; what it complains of is the error."""
    parameters = connection.get_connection_params()
    environment = os.environ | {
        variable: str(parameters[name])
        for name, variable in VARIABLES.items()
        if name in parameters
    }
    try:
        subprocess.run(  # noqa: S603
            [program, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError:
        raise CopyError(f"{program} is not installed; it comes with PostgreSQL.") from None
    except subprocess.CalledProcessError as error:
        lines = error.stderr.strip().splitlines() or [f"exit code {error.returncode}"]
        raise CopyError(f"{program}: {lines[0]}") from error
