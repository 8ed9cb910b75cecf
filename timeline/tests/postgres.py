"""PostgreSQL servers of a test alone, which may be stopped and started, and followed."""

import os
import shutil
import subprocess
from pathlib import Path


class Server:
    """A server with one database, or one that follows another."""

    def __init__(self, following: "Server | None" = None):
        self.folder = Path(
            subprocess.check_output(["mktemp", "-d", "/tmp/pg.XXXXXX"], text=True).strip()
        )  # a short name: it becomes the path of a socket
        self.programs = next(
            Path(path).parent
            for path in [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True),
                         *filter(None, [shutil.which("initdb")])]
        )  # fmt: skip
        self.as_owner = []
        if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
            shutil.chown(self.folder, "postgres", "postgres")
            self.as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if following:
            self.run("pg_basebackup", "-h", following.folder, "-U", "app", "-D", "data", "-R",
                     "-c", "fast", "--no-sync")  # fmt: skip
        else:
            self.run("initdb", "-D", "data", "-U", "app", "-A", "trust", "-E", "UTF8", "--no-sync",
                     "--locale=C.UTF-8")  # fmt: skip
        self.start()
        self.url = f"postgres://app@{str(self.folder).replace('/', '%2F')}/postgres"

    def run(self, program, *arguments):
        subprocess.run(
            [*self.as_owner, self.programs / program, *arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c hot_standby_feedback=on"
        self.run("pg_ctl", "-D", "data", "-w", "-l", "log", "start", "-o", options)

    def stop(self):
        self.run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def remove(self):
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)
