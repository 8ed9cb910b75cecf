"""What two processes carry: many connections that stay open and ask for one page after the other.

Serves the published dataset with two workers, as `./run` does, from a folder of its own, and lets
wrk (https://github.com/wg/wrk, a package of Debian) hold the connections from the same machine.
Prints requests, answers that were none, waiting times, and the memory of the workers at the
beginning and at the end; writes them to bench/results/carrying.json. Fails when an answer was an
error, or when memory grew by more than a tenth between a quarter of the time and its end.

    .venv/bin/python bench/carrying.py [--connections 200] [--seconds 300]
"""

import argparse
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What readers open: lists and questions, records, data; each language; none asked for once only.
PAGES = """
local pages = {
  "/en/", "/tr/", "/ja/", "/en/?sector=trade", "/tr/?from=1930&to=1940", "/en/lanes/",
  "/ja/actors/", "/en/agreements/", "/tr/sources/", "/en/about/", "/en/coverage/", "/ja/stories/",
  "/en/?q=ankara", "/events.json?year=1930", "/api/v1/events?limit=20", "/e/1",
}
local at = 0
request = function()
  at = at + 1
  return wrk.format("GET", pages[at % #pages + 1])
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "RESULT %d %d %d %d %d %d %d %d\\n", summary.requests, errors.connect, errors.read,
    errors.write, errors.status, errors.timeout, latency:percentile(50), latency:percentile(99)
  ))
end
"""
NAMES = ["requests", "connect", "read", "write", "status", "timeout", "median", "p99"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=300)
    asked = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed. On Debian or Ubuntu: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), asked.connections, asked.seconds)
    (ROOT / "bench" / "results" / "carrying.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))
    grown = result["megabytes"][-1] / result["megabytes"][len(result["megabytes"]) // 4]
    if any(result["errors"].values()) or grown > 1.1:
        sys.exit(f"Errors: {result['errors']}; memory at the end: {grown:.2f} × a quarter in.")


def measure(folder: Path, connections: int, seconds: int) -> dict:
    port = free_port()
    environment = os.environ | {
        "VAR_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "API_RATE": "1000000/min",
        "LISTEN": f"127.0.0.1:{port}",
    }
    run = [sys.executable, "-m"]
    subprocess.run([*run, "relations.prepare"], cwd=ROOT, env=environment, check=True)  # noqa: S603
    server = subprocess.Popen([*run, "gunicorn", "relations.wsgi"], cwd=ROOT, env=environment)  # noqa: S603
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        script = folder / "pages.lua"
        script.write_text(PAGES)
        load = subprocess.Popen(  # noqa: S603
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s",  # noqa: S607
             "-s", str(script), f"http://127.0.0.1:{port}"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        megabytes = []
        while load.poll() is None:
            time.sleep(max(1, seconds / 60))
            megabytes.append(memory_below(server.pid))
        said = re.search("RESULT (.*)", load.stdout.read())[1].split()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=40)
    found = dict(zip(NAMES, map(int, said), strict=True))
    return {
        "connections": connections,
        "seconds": seconds,
        "requests": found["requests"],
        "requests_per_second": round(found["requests"] / seconds),
        "milliseconds": {name: round(found[name] / 1000) for name in ("median", "p99")},
        "errors": {name: found[name] for name in NAMES[1:6]},
        "megabytes": megabytes[:-1],
    }


def memory_below(pid: int) -> int:
    """What the workers of that server hold in memory, shared pages counted once each."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0
    for child in children:
        said = Path(f"/proc/{child}/smaps_rollup").read_text()
        total += int(re.search(r"^Pss: +(\d+)", said, re.M)[1])
    return round(total / 1024)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    for _each in range(200):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


if __name__ == "__main__":
    main()
