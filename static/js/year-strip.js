/* The strip of years as one tab stop: the arrows move along it, Home and End to its ends.
   Without this script every year is a link in reading order. */

const STRIP = "[data-year-strip]";
const YEAR = "[data-year]";

function years(strip) {
  return [...strip.querySelectorAll(YEAR)];
}

function makeOneStop(strip) {
  const all = years(strip);
  const focused = all.indexOf(document.activeElement);
  const current = all.findIndex((year) => year.hasAttribute("aria-current"));
  const stop = Math.max(focused, current, 0);
  for (const [at, year] of all.entries()) year.tabIndex = at === stop ? 0 : -1;
}

function prepare() {
  for (const strip of document.querySelectorAll(STRIP)) makeOneStop(strip);
}

function target(key, all, at) {
  switch (key) {
    case "ArrowLeft":
      return all[at - 1];
    case "ArrowRight":
      return all[at + 1];
    case "Home":
      return all[0];
    case "End":
      return all.at(-1);
    default:
      return undefined;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const year = event.target.closest?.(`${STRIP} ${YEAR}`);
  if (!year) return;
  const all = years(year.closest(STRIP));
  const next = target(event.key, all, all.indexOf(year));
  if (!next) return;
  event.preventDefault();
  year.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

document.addEventListener("results:swapped", prepare);
prepare();
