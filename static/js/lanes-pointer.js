/* The lanes moved by wheel, pinch and drag. The page itself scrolls up and down as ever. */

import { lanes, pan, years, zoom } from "./lanes.js";

const TURNED = 60;
const DRAGGED = 24;
const PINCHED = 1.25;

const pointers = new Map();
let turned = 0;
let drag = null;
let pinch = null;

const isBusy = () => Boolean(lanes()?.closest("[aria-busy]"));
const scrolls = (part) => part.scrollWidth > part.clientWidth + 1;
const plot = () => document.querySelector(".lanes__grid").getBoundingClientRect();

function yearAt(x) {
  const [first, last] = years();
  const { left, width } = plot();
  const part = Math.min(Math.max((x - left) / width, 0), 0.999);
  return first + Math.floor(part * (last - first + 1));
}

/* Held with Ctrl, which is also what a pinch on a trackpad sends, it zooms; sideways it pans. */
function onWheel(event) {
  const part = event.target.closest?.("[data-lanes]");
  if (!part) return;
  const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
  const isSideways = event.shiftKey || Math.abs(sideways) > Math.abs(event.deltaY);
  if (!event.ctrlKey && (!isSideways || scrolls(part))) return;
  event.preventDefault();
  turned += event.ctrlKey ? event.deltaY : sideways;
  if (isBusy() || Math.abs(turned) < TURNED) return;
  if (event.ctrlKey) zoom(turned < 0 ? 1 : -1, yearAt(event.clientX));
  else pan(Math.sign(turned));
  turned = 0;
}

function spread() {
  const [one, other] = [...pointers.values()];
  return { wide: Math.abs(one - other) || 1, middle: (one + other) / 2 };
}

function onDown(event) {
  const part = event.target.closest?.("[data-lanes]");
  if (!part || event.button !== 0 || isBusy()) return;
  pointers.set(event.pointerId, event.clientX);
  drag = pointers.size === 1 && !scrolls(part) ? { from: event.clientX, by: 0 } : null;
  pinch = pointers.size === 2 ? spread() : null;
}

/* Once a gesture, and as soon as it is clear: a browser that scrolls sideways cuts it short. */
function zoomByPinch() {
  const grown = spread().wide / pinch.wide;
  if (grown < PINCHED && grown > 1 / PINCHED) return;
  zoom(grown > 1 ? 1 : -1, yearAt(pinch.middle));
  pinch = null;
}

function onMove(event) {
  if (!pointers.has(event.pointerId)) return;
  pointers.set(event.pointerId, event.clientX);
  if (pinch) zoomByPinch();
  if (!drag) return;
  drag.by = event.clientX - drag.from;
  if (Math.abs(drag.by) < DRAGGED) return;
  lanes().dataset.dragging = "";
  lanes().style.setProperty("--drag", `${drag.by}px`);
}

function onUp(event) {
  if (!pointers.has(event.pointerId)) return;
  if (drag && Math.abs(drag.by) >= DRAGGED) {
    const [first, last] = years();
    pan(Math.round((-drag.by / plot().width) * (last - first + 1)) || -Math.sign(drag.by));
  }
  onCancel(event);
}

function onCancel(event) {
  pointers.delete(event.pointerId);
  pinch = null;
  lanes()?.style.removeProperty("--drag");
}

/* What ends a drag is not a click on what lies under it. */
function onClick(event) {
  const wasDragged = drag && Math.abs(drag.by) >= DRAGGED;
  drag = null;
  delete lanes()?.dataset.dragging;
  if (!wasDragged || !event.target.closest?.("[data-lanes]")) return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("wheel", onWheel, { passive: false });
document.addEventListener("pointerdown", onDown);
document.addEventListener("pointermove", onMove);
document.addEventListener("pointerup", onUp);
document.addEventListener("pointercancel", onCancel);
addEventListener("click", onClick, true); // before any other hears of it
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-lanes]")) event.preventDefault();
});
