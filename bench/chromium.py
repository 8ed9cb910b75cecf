"""The browser of the measurements."""

import os

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def launched(playwright):
    """The system's Chromium, or the one that CHROMIUM names."""
    program = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    return playwright.chromium.launch(executable_path=program, args=FLAGS)
