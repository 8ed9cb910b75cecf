/* Gives names and roles to what scripts of the admin itself draw without: the boxes of Select2,
   the first column of rows, the marks of help. What they draw later is named when it appears. */

function nameOf(select) {
  return select.getAttribute("aria-label") || select.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() || "";
}

function nameBox(select) {
  const box = select.nextElementSibling;
  const name = nameOf(select);
  if (!name || !box?.matches(".select2-container")) return;
  const combobox = box.querySelector("[role=combobox]");
  const value = box.querySelector(".select2-selection__rendered");
  combobox.setAttribute("aria-label", name);
  // The value is read after the name; it is no field of its own, and cannot be typed into.
  if (value.id) {
    combobox.removeAttribute("aria-labelledby");
    combobox.setAttribute("aria-describedby", value.id);
    value.removeAttribute("role");
    value.removeAttribute("aria-readonly");
  }
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
}

function nameAll(root) {
  root.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
}

document.querySelectorAll("th.original:empty").forEach((corner) => {
  const cell = document.createElement("td");
  cell.className = corner.className;
  corner.replaceWith(cell);
});

const jQuery = window.django?.jQuery;
// After the scripts that draw the boxes, which wait for the same moment.
jQuery?.(() => {
  nameAll(document);
  document.querySelectorAll("span.help-tooltip[aria-label]").forEach((mark) => {
    mark.setAttribute("role", "img");
  });
});
jQuery?.(document).on("select2:open", ({ target }) => {
  const name = nameOf(target);
  const combobox = target.nextElementSibling?.querySelector("[role=combobox]");
  combobox?.setAttribute("aria-controls", combobox.getAttribute("aria-owns"));
  // What opens stands at the end of the page, outside of everything that has a name.
  const opened = document.querySelector("body > .select2-container--open");
  opened?.setAttribute("role", "region");
  for (const part of [opened, opened?.querySelector(".select2-search__field")]) {
    part?.setAttribute("aria-label", name);
  }
});
document.addEventListener("formset:added", ({ target }) => nameAll(target));
