/* The filter panel is a sheet on narrow screens and opens by its address (#filter), so it works
   without this. The script adds what a dialog owes its reader: focus in, Escape out, focus back,
   and a page behind it that cannot be reached meanwhile. */

const ADDRESS = "#filter";
const CLOSED = "#results";
const narrow = matchMedia("(max-width: 60rem)");

function sheet() {
  return document.querySelector("[data-sheet]");
}

function isOpen() {
  return narrow.matches && location.hash === ADDRESS && sheet() !== null;
}

function sync() {
  for (const part of document.querySelectorAll("[data-behind-sheet]")) part.inert = isOpen();
  if (isOpen()) sheet().querySelector("[tabindex='-1']")?.focus();
}

function close() {
  location.hash = CLOSED;
  sync();
  document.querySelector(`a[href$="${ADDRESS}"]`)?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isOpen()) close();
});
addEventListener("hashchange", sync);
document.addEventListener("results:swapped", sync);
narrow.addEventListener("change", sync);
sync();
