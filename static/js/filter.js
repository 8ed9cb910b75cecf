/* Filtering without a reload. The form and the links lead to real addresses; this fetches the
   very address a plain submit would open and swaps the regions marked data-results="name".
   Whatever goes wrong, the browser opens that address as if this script were not here. */

const FORM = "form[data-filter]";
const LINK = "a[data-filter-link]";
const REGION = "[data-results]";
const CANONICAL = "link[rel=canonical]";

let shown = location.pathname + location.search;
let request = null;

/* Fields left empty say nothing, so they do not belong in an address people keep. */
function addressOf(form, submitter) {
  const url = new URL(form.action);
  const filled = [...new FormData(form, submitter)].filter(
    ([, value]) => typeof value === "string" && value.trim() !== "",
  );
  url.search = new URLSearchParams(filled).toString();
  url.hash = "";
  return url;
}

function regions(root) {
  return new Map([...root.querySelectorAll(REGION)].map((part) => [part.dataset.results, part]));
}

async function fetchPage(url) {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  const response = await fetch(url, { signal, headers: { Accept: "text/html" } });
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  if (response.status >= 500 || !isPage) throw new Error(`not a page: ${response.status}`);
  const text = await response.text();
  signal.throwIfAborted();
  return new DOMParser().parseFromString(text, "text/html");
}

/* Where the reader is, in words that still hold in the page that comes. */
function whereabouts() {
  const { id, name, value } = document.activeElement ?? {};
  if (id) return `#${CSS.escape(id)}`;
  if (!name) return null;
  return `[name="${CSS.escape(name)}"][value="${CSS.escape(value ?? "")}"]`;
}

function swap(page) {
  const here = regions(document);
  const there = regions(page);
  if ([...here.keys()].some((name) => !there.has(name))) throw new Error("not the same page");
  const place = whereabouts();
  const opened = [...document.querySelectorAll("details[id][open]")].map(({ id }) => id);
  for (const [name, part] of here) part.replaceWith(there.get(name));
  document.title = page.title;
  swapCanonical(page);
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  return place && document.querySelector(place);
}

/* What a phone shares is this address, not the one in its bar. */
function swapCanonical(page) {
  document.querySelector(CANONICAL)?.remove();
  document.head.append(...page.querySelectorAll(CANONICAL));
}

/* The status line outlives the swap: a live region that is itself new is not read out. */
function announce() {
  const count = document.querySelector("[data-count]")?.textContent ?? "";
  const status = document.querySelector("[data-announce]");
  if (status) status.textContent = count.replace(/\s+/g, " ").trim();
}

function markBusy() {
  for (const part of regions(document).values()) part.setAttribute("aria-busy", "true");
}

/* A fragment is the only thing that moves :target, which is what holds the sheet open. */
function closeSheet() {
  if (location.hash === "#filter") location.replace("#results");
}

/* `near` finds what takes the focus when the place where it was is gone. */
export async function show(url, { keep = true, toTop = false, near = null } = {}) {
  markBusy();
  try {
    const page = await fetchPage(url);
    const wasOpen = location.hash === "#filter";
    const place = swap(page);
    shown = url.pathname + url.search;
    if (keep) history.pushState(null, "", url.pathname + url.search + (wasOpen ? "#filter" : ""));
    closeSheet();
    document.dispatchEvent(new CustomEvent("results:swapped"));
    const count = document.querySelector("[data-count]");
    const focus = wasOpen || toTop ? count : (place ?? near?.() ?? count);
    focus?.focus({ preventScroll: true });
    if (toTop) count?.scrollIntoView();
    announce();
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(url);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest(FORM);
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  show(addressOf(form, event.submitter));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(LINK);
  const plain =
    event.button === 0 && !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
  if (!link || !plain || event.defaultPrevented) return;
  // An SVG link has no plain `href` property.
  const url = new URL(link.getAttribute("href"), location);
  if (url.origin !== location.origin || url.pathname !== location.pathname) return;
  event.preventDefault();
  show(url, { toTop: link.dataset.filterLink === "page" });
});

addEventListener("popstate", () => {
  if (location.pathname + location.search === shown) return;
  show(new URL(location.href), { keep: false });
});
