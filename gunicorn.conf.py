"""How the server runs, for ./run and for the image; ./run says itself where it listens."""

import gc
import os
import shutil
import tempfile

bind = os.environ.get("LISTEN") or "127.0.0.1:8000"
worker_class = "relations.worker.Worker"
workers = 2
threads = 4
# A worker holds many connections and gives a thread only to one that has sent its request; what is
# beyond that waits in the queue of the system.
worker_connections = 1000
backlog = 512
keepalive = 5
# A worker that answers nothing for this long is replaced; one that is told to stop finishes first.
timeout = 30
graceful_timeout = 25
loglevel = "warning"
# Heartbeats in memory where there is some: a slow disk would make a worker look dead.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# It would be opened in the home folder, which a container may not have.
control_socket_disable = True
# Whether a proxy's X-Forwarded-Proto is believed is for TRUST_PROXY alone to say.
forwarded_allow_ips = ""

# A longer query is a fault, and must not hold a thread for ever. Commands may take longer.
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "15000")

# Where the workers count what /metrics adds up; of this server alone, and gone with it.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # this file is read again at each reload
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="counts-", dir=worker_tmp_dir)


def post_worker_init(worker):
    # What has been loaded stays: to look through it for garbage again and again costs time.
    gc.collect()
    gc.freeze()


def child_exit(server, worker):
    worker.has_gone()


def on_exit(server):
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
