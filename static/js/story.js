/* A story, step by step: the arrow keys and a swipe follow the links between the steps, and the
   line of the century shows where the reader is. Without this script it is one long page. */

const STEP = "[data-story-step]";
const FURTHEST = 40;
const SHORTEST = 60;

document.querySelector("[data-story]").setAttribute("data-scripted", "");
const steps = [...document.querySelectorAll(STEP)];
let reading = null;
let isWalking = false;
let arrival = 0;

function mark(step) {
  if (step === reading) return;
  reading = step;
  for (const old of document.querySelectorAll("[data-reading]")) old.removeAttribute("data-reading");
  document.querySelector(".story__link[aria-current]")?.removeAttribute("aria-current");
  if (!step) return;
  step.setAttribute("data-reading", "");
  for (const line of document.querySelectorAll(`[data-line-of="${step.id}"]`)) {
    line.setAttribute("data-reading", "");
    line.parentNode.append(line); // Drawn last, so that no other step lies over it.
  }
  document.querySelector(`.story__link[href="#${step.id}"]`)?.setAttribute("aria-current", "step");
}

function arrive() {
  isWalking = false;
}

function walk(way) {
  const link = reading
    ? reading.querySelector(`[data-walk="${way}"]`)
    : document.querySelector(".story__link");
  if (!link || (!reading && way === "back")) return false;
  // On the way there other steps pass by, and are not read.
  isWalking = true;
  clearTimeout(arrival);
  arrival = setTimeout(arrive, 1200);
  link.click();
  const step = document.getElementById(link.hash.slice(1));
  step.focus({ preventScroll: true });
  mark(step);
  return true;
}

document.addEventListener("scrollend", arrive);

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const way = { ArrowRight: "on", ArrowLeft: "back" }[event.key];
  if (way && walk(way)) event.preventDefault();
});

let touched = null;
const story = document.querySelector("[data-story]");
story.addEventListener(
  "touchstart",
  (event) => {
    touched = event.touches.length === 1 ? event.touches[0] : null;
  },
  { passive: true },
);
story.addEventListener(
  "touchend",
  (event) => {
    if (!touched) return;
    const end = event.changedTouches[0];
    const across = end.clientX - touched.clientX;
    const down = Math.abs(end.clientY - touched.clientY);
    touched = null;
    if (Math.abs(across) >= SHORTEST && down <= FURTHEST) walk(across < 0 ? "on" : "back");
  },
  { passive: true },
);

// A step is read when it crosses the upper third of the window; of two, the one that begins there.
const crossing = new Set();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) crossing.add(target);
      else crossing.delete(target);
    }
    const found = steps.findLast((step) => crossing.has(step));
    if (found && !isWalking) mark(found);
  },
  { rootMargin: "-20% 0px -66% 0px" },
);
for (const step of steps) watcher.observe(step);
mark(steps.find((step) => `#${step.id}` === location.hash) ?? null);
