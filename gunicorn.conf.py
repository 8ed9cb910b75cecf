"""How the server runs, for ./run and for the image; either says where it listens."""

from pathlib import Path

worker_class = "gthread"
workers = 2
threads = 4
loglevel = "warning"
# Heartbeats in memory where there is some: a slow disk would make a worker look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# It would be opened in the home folder, which a container may not have.
control_socket_disable = True
# Whether a proxy's X-Forwarded-Proto is believed is for TRUST_PROXY alone to say.
forwarded_allow_ips = ""
