"""How long until a reader sees the first event: this site, vis-timeline and TimelineJS.

All three show the same synthetic events (see generate.py), in one headless Chromium whose
processor is slowed down four times, each from a cold cache and from servers on this machine; this
site also with twenty times as many. Prints the medians and their ratios, and writes them to
bench/results/first_event.json.

    .venv/bin/python bench/first_event.py [--runs 5] [--events 500] [--more 10000]

The two others come from npm, into var/bench, the first time.
"""

import argparse
import functools
import http.server
import json
import statistics
import subprocess
import threading
from pathlib import Path

import sites
from chromium import launched
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "bench"
PACKAGES = ["vis-timeline@8", "@knight-lab/timelinejs@3"]
SLOWER = 4

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

OURS, OTHERS = (
    ".event-card__title",
    {
        "vis-timeline": ("vis.html", ".vis-item-content"),
        "TimelineJS": ("timelinejs.html", ".tl-headline-date"),
    },
)
"""What is waited for: the title of an event in each."""
SAY = (
    "import json; from timeline.models import Event; print(json.dumps([dict(slug=e.slug, "
    "title=e.title_en, summary=e.summary_en, start=e.start_earliest) "
    "for e in Event.objects.published().in_order()]))"
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """A line a request says nothing here."""


def prepare_others(database: sites.Database) -> None:
    """Their packages from npm, their pages, and the events of the database."""
    WORK.mkdir(parents=True, exist_ok=True)
    if not (WORK / "node_modules" / "vis-timeline").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(WORK), *PACKAGES]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    (WORK / "vis.html").write_text(VIS)
    (WORK / "timelinejs.html").write_text(TIMELINEJS)
    (WORK / "events.json").write_text(database.ask(SAY))


def serve_others() -> str:
    handler = functools.partial(Quiet, directory=str(WORK))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


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
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--more", type=int, default=10_000)
    given = parser.parse_args()
    few, many = (sites.sqlite(size, WORK) for size in (given.events, given.more))
    prepare_others(few)
    others = serve_others()
    pages = {name: (f"{others}/{page}", title) for name, (page, title) in OTHERS.items()}
    with sites.site(few) as fewer, sites.site(many) as more, sync_playwright() as playwright:
        pages = {
            f"this site, {few.size:,} events": (f"{fewer.address}/en/", OURS),
            f"this site, {many.size:,} events": (f"{more.address}/en/", OURS),
        } | pages
        times = {name: [] for name in pages}
        browser = launched(playwright)
        # In turn, so that whatever else the machine does falls on all of them alike. The first
        # round is not counted: a program that has just been started is not what readers meet.
        for run in range(given.runs + 1):
            for name, (url, selector) in pages.items():
                taken = measure(browser, url, selector)
                if run:
                    times[name].append(taken)
        browser.close()
    report(given.runs, times)


def report(runs: int, times: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = next(iter(medians.values()))
    print(f"{'':28}{'first event':>14}{'with the fewer events':>24}")
    for name, median in medians.items():
        print(f"{name:28}{median:11.0f} ms{ours / median:18.2f} × it")
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    said = {"runs": runs, "slower": SLOWER, "medians_ms": medians, "all_ms": times}
    (results / "first_event.json").write_text(json.dumps(said, indent=1) + "\n")


if __name__ == "__main__":
    main()
