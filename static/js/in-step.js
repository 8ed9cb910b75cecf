/* While the list scrolls, the strip of years shows which of its years is being read. */

const LISTED = "[data-listed-year]";

let watcher = null;

function mark(year) {
  document.querySelector("[data-reading]")?.removeAttribute("data-reading");
  document.getElementById(`y${year}`)?.setAttribute("data-reading", "");
}

function watch() {
  watcher?.disconnect();
  // A year is read when it crosses the upper third of the window.
  watcher = new IntersectionObserver(
    (entries) => {
      const reading = entries.find((entry) => entry.isIntersecting);
      if (reading) mark(reading.target.dataset.listedYear);
    },
    { rootMargin: "-20% 0px -66% 0px" },
  );
  for (const year of document.querySelectorAll(LISTED)) watcher.observe(year);
}

document.addEventListener("results:swapped", watch);
watch();
