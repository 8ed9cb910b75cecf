"""Load on a server, by wrk: requests a second, and how long a request waits."""

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

CONNECTIONS = 4
_UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


@dataclass(frozen=True)
class Load:
    """What a round measured; times in milliseconds."""

    per_second: float
    p50: float
    p99: float
    failed: int


def wrk() -> str:
    """The program, or a word on where it is to be had."""
    program = shutil.which("wrk")
    if not program:
        sys.exit("wrk is not installed. On Debian: apt-get install wrk")
    return program


def drive(url: str, seconds: int, headers: dict[str, str]) -> Load:
    """Requests over connections that are kept, as many as are answered, for so many seconds."""
    command = [wrk(), "--latency", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout  # noqa: S603
    failed = _number(r"Non-2xx or 3xx responses: (\d+)", said)
    failed += sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
    return Load(
        _number(r"Requests/sec:\s+([\d.]+)", said),
        _time("50%", said),
        _time("99%", said),
        int(failed),
    )


def _number(pattern: str, said: str) -> float:
    found = re.search(pattern, said)
    return float(found[1]) if found else 0.0


def _time(share: str, said: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s|m)\b", said)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def wait(url: str, headers: dict[str, str]) -> Load:
    """The same of a page so slow that few are finished in a round: two are asked for at once."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310

    def ask(_number: int) -> float:
        begun = time.monotonic()
        with urllib.request.urlopen(request, timeout=120) as response:  # noqa: S310
            response.read()
        return 1000 * (time.monotonic() - begun)

    begun = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(ask, range(2)))
    return Load(2 / (time.monotonic() - begun), min(taken), max(taken), 0)
