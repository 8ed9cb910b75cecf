/* The lanes as one tab stop that arrows walk. Whatever moves the view opens the address that a
   link of the page leads to, or one like it with another year; without this script every mark is
   a link in reading order. */

import { show } from "./filter.js";

const MARK = "a[data-mark]";
const LANE = "[data-lane]";
const ZOOMS = ["century", "decade", "years"];

export const lanes = () => document.querySelector("[data-lanes]");
const marksIn = (part) => [...(part?.querySelectorAll(MARK) ?? [])];
const position = (mark) => Number(mark.dataset.mark);
const laneOf = (mark) => mark.closest(LANE).getAttribute("aria-labelledby");
const nearest = (marks, distance) =>
  marks.reduce((best, mark) => (best && distance(best) <= distance(mark) ? best : mark), null);

function stopAt(mark) {
  for (const other of marksIn(lanes())) other.tabIndex = other === mark ? 0 : -1;
}

function moveTo(mark) {
  if (!mark) return;
  stopAt(mark);
  mark.focus();
  mark.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/* First and last year in view. */
export const years = () => lanes().dataset.years.split(" ").map(Number);

/* On a narrow screen the lanes scroll inside themselves: to the record or the year asked for. */
function scrollToPlace(current) {
  const [first, last] = years();
  const year = new URLSearchParams(location.search).get("at");
  if (!current && !year) return;
  const part = current ? position(current) : (year - first + 0.5) / (last - first + 1);
  lanes().scrollLeft = part * lanes().scrollWidth - lanes().clientWidth / 2;
}

function prepare() {
  if (!lanes()) return;
  const all = marksIn(lanes());
  const current = all.find((mark) => mark.hasAttribute("aria-current"));
  stopAt(all.find((mark) => mark === document.activeElement) ?? current ?? all[0]);
  scrollToPlace(current);
}

/* The mark of another lane, above or below, that is nearest in time. */
function beside(mark, step) {
  const all = [...lanes().querySelectorAll(LANE)].filter((lane) => marksIn(lane).length);
  const other = all[all.indexOf(mark.closest(LANE)) + step];
  return nearest(marksIn(other), (one) => Math.abs(position(one) - position(mark)));
}

function open(changes, near) {
  const url = new URL(location);
  url.hash = "";
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
  return show(url, { near });
}

export function zoom(step, year, lane) {
  const level = ZOOMS[ZOOMS.indexOf(lanes().dataset.zoomLevel) + step];
  if (!level) return;
  const close = (mark) => Math.abs(mark.dataset.year - year);
  const near = () => lane && nearest(marksIn(document.getElementById(lane)?.parentElement), close);
  open({ zoom: level, at: year }, near).then(() => stopAt(near() || marksIn(lanes())[0]));
}

/* Whole years; where the century ends there is nothing to move to. */
export function pan(number) {
  const [first, last] = years();
  const way = document.querySelector(`[data-pan="${number < 0 ? "earlier" : "later"}"]`);
  const [start, end] = lanes().dataset.century.split(" ");
  const at = first + Math.floor((last - first + 1) / 2) + number;
  if (number && way) open({ at: Math.min(Math.max(at, start), end) });
}

function select(mark) {
  open({ event: mark.dataset.event }, () => document.getElementById(mark.id));
}

document.addEventListener("keydown", (event) => {
  const mark = event.target.closest?.(MARK);
  if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
  const marks = marksIn(mark.closest(LANE));
  const at = marks.indexOf(mark);
  const keys = {
    ArrowLeft: () => moveTo(marks[at - 1]),
    ArrowRight: () => moveTo(marks[at + 1]),
    ArrowUp: () => moveTo(beside(mark, -1)),
    ArrowDown: () => moveTo(beside(mark, 1)),
    Home: () => moveTo(marks[0]),
    End: () => moveTo(marks.at(-1)),
    "+": () => zoom(1, mark.dataset.year, laneOf(mark)),
    "-": () => zoom(-1, mark.dataset.year, laneOf(mark)),
  };
  if (mark.dataset.event) keys[" "] = () => select(mark);
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

/* A year leads to where it lies nearer by. A pointer's click on a record shows its card, a second
   one opens it; Enter always opens. Heard before filter.js, which would only follow the link. */
document.addEventListener(
  "click",
  (event) => {
    const mark = event.target.closest?.(MARK);
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!mark || !isPlain || event.defaultPrevented) return;
    const isRecord = "event" in mark.dataset;
    const opens = !event.detail || mark.hasAttribute("aria-current");
    if (isRecord && (opens || lanes().dataset.zoomLevel === ZOOMS[0])) return;
    event.preventDefault();
    if (isRecord) select(mark);
    else zoom(1, mark.dataset.year, laneOf(mark));
  },
  true,
);

document.addEventListener("results:swapped", prepare);
prepare();
