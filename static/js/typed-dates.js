/* Shows what a typed date is read as, while it is typed. The server reads it: there is one reader
   of dates, and a form saved without this script meets the same one. */

const FIELD = "input[data-typed-date]";
const PAUSE = 250;

const waiting = new WeakMap();

function lineOf(field) {
  return field.parentElement?.querySelector("[data-date-reading]");
}

function show(line, { words, edtf, error }) {
  line.replaceChildren();
  line.toggleAttribute("data-refused", Boolean(error));
  if (error) line.append(error);
  if (!words) return;
  const code = document.createElement("code");
  code.textContent = edtf;
  line.append(words, " ", code);
}

async function read(field) {
  const line = lineOf(field);
  const text = field.value;
  if (!line) return;
  try {
    const asked = new URLSearchParams({ text });
    const response = await fetch(`${field.dataset.typedDate}?${asked}`);
    if (!response.ok || response.redirected) return;
    const reading = await response.json();
    // What was typed since has an answer of its own on the way.
    if (field.value === text) show(line, reading);
  } catch {
    line.replaceChildren();
  }
}

document.addEventListener("input", (event) => {
  const field = event.target.closest?.(FIELD);
  if (!field) return;
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(read, PAUSE, field));
});
