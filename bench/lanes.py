"""Whether the lanes move smoothly: the longest frame while they are panned and zoomed.

With a hundred thousand synthetic events (see generate.py) and with a thousand, in one headless
Chromium whose processor is slowed down four times. A hand drags, turns the wheel, and presses
the keys that zoom and pan; a frame is what lies between two drawings of the page. Prints the
longest frames of each movement and writes them to bench/results/lanes.json.

    .venv/bin/python bench/lanes.py [--sizes 1000 100000] [--rounds 5]
"""

import argparse
import json
import statistics
from pathlib import Path

import sites
from chromium import launched
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "bench"
SLOWER = 4

# Notes how long each frame took from now on.
WATCH = """
() => {
  window.__frames = [];
  let last = performance.now();
  const next = (now) => {
    window.__frames.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(next); });
}
"""


def drag(page) -> None:
    box = page.locator("[data-lanes]").bounding_box()
    x, y = box["x"] + box["width"] * 0.7, box["y"] + 120
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 21):
        page.mouse.move(x - step * 15, y)
    page.mouse.up()


def wheel(page, by: int, key: str = "Shift") -> None:
    box = page.locator("[data-lanes]").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 120)
    page.keyboard.down(key)
    page.mouse.wheel(0, by)
    page.keyboard.up(key)


MOVEMENTS = {
    "zoom in: century → decade": lambda page: wheel(page, -100, "Control"),
    "drag, decade": drag,
    "pan by wheel, decade": lambda page: wheel(page, 100),
    "zoom in: decade → three years": lambda page: wheel(page, -100, "Control"),
    "drag, three years": drag,
    "pan by wheel, three years": lambda page: wheel(page, 100),
    "zoom out: three years → decade": lambda page: wheel(page, 100, "Control"),
    "zoom out: decade → century": lambda page: wheel(page, 100, "Control"),
}


def round_of(browser, address: str) -> dict[str, float]:
    """The longest frame of each movement, in milliseconds."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/en/lanes/")
    page.wait_for_timeout(500)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(WATCH)
    longest = {}
    for name, move in MOVEMENTS.items():
        page.wait_for_timeout(300)
        before = page.url
        page.evaluate("window.__frames.length = 0")
        move(page)
        for _moment in range(50):
            page.wait_for_timeout(100)
            if page.url != before:
                break
        else:
            raise SystemExit(f"“{name}” moved nothing: the lanes are still at {page.url}")
        page.wait_for_timeout(400)
        longest[name] = max(page.evaluate("window.__frames"))
    context.close()
    return longest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    found = {}
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for size in given.sizes:
            with sites.site(sites.sqlite(size, WORK)) as server:
                rounds = [round_of(browser, server.address) for _round in range(given.rounds)]
            found[size] = {
                name: statistics.median(one[name] for one in rounds) for name in MOVEMENTS
            }
        browser.close()
    print(f"{'longest frame':34}" + "".join(f"{size:>10,} events" for size in found))
    for name in MOVEMENTS:
        print(f"{name:34}" + "".join(f"{found[size][name]:14.0f} ms" for size in found))
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    said = {"rounds": given.rounds, "slower": SLOWER, "longest_frame_ms": found}
    (results / "lanes.json").write_text(json.dumps(said, indent=1) + "\n")


if __name__ == "__main__":
    main()
