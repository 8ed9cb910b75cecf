"""How long until a reader sees the first event: this site, vis-timeline and TimelineJS.

All three show the published events of this database, in one headless Chromium whose processor
is slowed down four times, each from a cold cache and from servers on this machine. Prints the
medians and their ratios, and writes them to bench/results/first_event.json.

    .venv/bin/python bench/first_event.py [--runs 5]

The two others come from npm, into var/bench, the first time.
"""

import argparse
import functools
import http.server
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "bench"
PACKAGES = ["vis-timeline@8", "@knight-lab/timelinejs@3"]
SLOWER = 4
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SITE_PORT, RIVALS_PORT = 8971, 8972

# Notes when an element first has a size, at the end of the frame that painted it.
WATCH = """
(selector) => {
  const look = () => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    if (box && box.width && box.height) {
      requestAnimationFrame(() => { window.__seen = performance.now(); });
    } else requestAnimationFrame(look);
  };
  look();
}
"""

VIS = """<!doctype html><html lang="en"><meta charset="utf-8"><title>vis-timeline</title>
<link rel="stylesheet" href="node_modules/vis-timeline/styles/vis-timeline-graph2d.min.css">
<div id="timeline"></div>
<script src="node_modules/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"></script>
<script>
fetch("events.json").then((answer) => answer.json()).then((events) => {
  const items = events.map((one) => ({ id: one.slug, content: one.title, start: one.start }));
  new vis.Timeline(document.getElementById("timeline"), new vis.DataSet(items), {});
});
</script></html>"""

TIMELINEJS = """<!doctype html><html lang="en"><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="node_modules/@knight-lab/timelinejs/dist/css/timeline.css">
<div id="timeline" style="width: 100%; height: 600px"></div>
<script src="node_modules/@knight-lab/timelinejs/dist/js/timeline.js"></script>
<script>
fetch("events.json").then((answer) => answer.json()).then((events) => {
  const slides = events.map((one) => {
    const [year, month, day] = one.start.split("-").map(Number);
    return { start_date: { year, month, day }, text: { headline: one.title, text: one.summary } };
  });
  new TL.Timeline("timeline", { events: slides }, { font: null });
});
</script></html>"""

PAGES = {
    "this site": (f"http://127.0.0.1:{SITE_PORT}/en/", ".event-card__title"),
    "vis-timeline": (f"http://127.0.0.1:{RIVALS_PORT}/vis.html", ".vis-item-content"),
    "TimelineJS": (f"http://127.0.0.1:{RIVALS_PORT}/timelinejs.html", ".tl-headline-date"),
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """A line a request says nothing here."""


def prepare_rivals() -> None:
    """Their packages from npm, their pages, and the events that all three show."""
    WORK.mkdir(parents=True, exist_ok=True)
    if not (WORK / "node_modules" / "vis-timeline").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(WORK), *PACKAGES]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    (WORK / "vis.html").write_text(VIS)
    (WORK / "timelinejs.html").write_text(TIMELINEJS)
    say = (
        "import json; from timeline.models import Event; print(json.dumps([dict(slug=e.slug, "
        "title=e.title_en, summary=e.summary_en, start=e.start_earliest) "
        "for e in Event.objects.published().in_order()]))"
    )
    told = subprocess.run(  # noqa: S603
        [str(ROOT / "run"), "manage", "shell", "--verbosity", "0", "--command", say],
        check=True,
        capture_output=True,
        text=True,
    )
    (WORK / "events.json").write_text(told.stdout)


def serve_rivals() -> None:
    handler = functools.partial(Quiet, directory=str(WORK))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", RIVALS_PORT), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def serve_site() -> subprocess.Popen:
    environment = os.environ | {"PORT": str(SITE_PORT)}
    site = subprocess.Popen([str(ROOT / "run")], env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    for _attempt in range(120):
        try:
            urllib.request.urlopen(PAGES["this site"][0])  # noqa: S310
        except OSError:
            time.sleep(0.5)
        else:
            return site
    site.terminate()
    sys.exit("The site did not start; call ./run to see why.")


def measure(browser, url: str, selector: str) -> float:
    """Milliseconds from the start of the navigation to the frame that shows an event."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(f"({WATCH})({json.dumps(selector)})")
    page.goto(url, wait_until="commit")
    seen = None
    while seen is None:  # the page's own policy forbids the polling that Playwright offers
        page.wait_for_timeout(100)
        seen = page.evaluate("window.__seen ?? null")
    context.close()
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    site = serve_site()
    times = {name: [] for name in PAGES}
    try:
        prepare_rivals()
        serve_rivals()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
                args=CHROMIUM_FLAGS,
            )
            # In turn, so that whatever else the machine does falls on all of them alike.
            for _run in range(runs):
                for name, (url, selector) in PAGES.items():
                    times[name].append(measure(browser, url, selector))
            browser.close()
    finally:
        site.terminate()
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = medians["this site"]
    print(f"{'':14}{'first event':>14}{'this site is':>16}")
    for name, median in medians.items():
        print(f"{name:14}{median:11.0f} ms{ours / median:14.2f} ×")
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    report = {"runs": runs, "slower": SLOWER, "medians_ms": medians, "all_ms": times}
    (results / "first_event.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
