/* Beside each participant of an event: the office held on the day, while the event is entered. */

const ROW = "[data-office]";
const DATES = ["start", "end"];

const field = (name) => document.getElementById(`id_${name}`)?.value ?? "";

async function show(line) {
  const row = line.closest(".form-row");
  const actor = row?.querySelector("select[name$=-actor]")?.value ?? "";
  const asked = new URLSearchParams({ actor });
  for (const name of DATES) asked.set(name, field(name));
  try {
    const response = await fetch(`${line.dataset.office}?${asked}`);
    if (!response.ok || response.redirected) return;
    line.textContent = (await response.json()).office ?? "";
  } catch {
    line.textContent = "";
  }
}

function showAll() {
  for (const line of document.querySelectorAll(ROW)) {
    if (!line.closest(".empty-form")) show(line);
  }
}

/* The list to choose from tells of a choice through the admin's own jQuery only. */
window.django?.jQuery(document).on("change", "select[name$=-actor]", ({ target }) => {
  const line = target.closest(".form-row")?.querySelector(ROW);
  if (line) show(line);
});

for (const name of DATES) document.getElementById(`id_${name}`)?.addEventListener("change", showAll);
