// Relation pages: typing narrows what is shown, a box in the head of a column
// sets those of all rows shown, rw marks what it contains, and only rows that
// were changed are sent.
(() => {
  "use strict";
  const german = document.documentElement.lang === "de";

  // Typing narrows the list that names the field; the server is asked on Enter.
  document.addEventListener("input", (e) => {
    const list = e.target.id && document.querySelector(`[data-filter="${e.target.id}"]`);
    if (!list) return;
    const text = e.target.value.trim().toLowerCase();
    for (const row of list.children) {
      row.hidden = !(row.querySelector("a")?.textContent ?? "").toLowerCase().includes(text);
    }
    const form = list.closest("[data-sheet]");
    if (form) heads(form);
  });

  const shown = (form, column) => [...form.querySelectorAll(`tbody tr:not([hidden]) input[value="${column}"]:not(:disabled)`)];

  function heads(form) {
    for (const head of form.querySelectorAll("th[data-col] input")) {
      const boxes = shown(form, head.parentElement.dataset.col);
      const on = boxes.filter((b) => b.checked).length;
      head.checked = boxes.length > 0 && on === boxes.length;
      head.indeterminate = on > 0 && on < boxes.length;
    }
  }

  function contained(row) {
    const rw = row.querySelector('input[value="rw"]');
    if (rw) row.classList.toggle("all", rw.checked);
  }

  function start(form) {
    for (const head of form.querySelectorAll("th[data-col]")) {
      const box = document.createElement("input");
      box.type = "checkbox";
      const label = german ? "für alle gezeigten Zeilen" : "for all rows shown";
      box.setAttribute("aria-label", `${head.dataset.col} ${label}`);
      head.prepend(box);
      box.addEventListener("change", () => {
        for (const b of shown(form, head.dataset.col)) b.checked = box.checked;
        form.querySelectorAll("tbody tr").forEach(contained);
        heads(form);
      });
    }
    form.querySelectorAll("tbody tr").forEach(contained);
    heads(form);
    form.addEventListener("change", (e) => {
      if (!e.target.closest("tbody")) return;
      contained(e.target.closest("tr"));
      heads(form);
    });
    form.addEventListener("submit", () => {
      for (const row of form.querySelectorAll("tbody tr")) {
        const inputs = [...row.querySelectorAll("input, select")];
        if (!inputs.some(differs)) for (const el of inputs) el.disabled = true;
      }
      setTimeout(() => form.querySelectorAll("tbody [disabled]").forEach((el) => { el.disabled = el.hasAttribute("data-locked"); }));
    });
  }

  // A row differs where it is not as the desk has it, which its hidden field
  // says; a page comes back with what is not saved yet after a look or a refusal.
  function differs(el) {
    if (el.type === "hidden") return false;
    const was = el.closest("tr").querySelector('input[type="hidden"]').value.split(" ");
    const kind = el.name.split(".")[0];
    if (kind === "b") return el.checked !== was.includes(el.value);
    if (kind === "primary") return el.checked !== was.includes("primary");
    if (kind === "part") return el.value !== was[0];
    return el.value !== (was.find((w) => w.startsWith(`${kind}:`)) ?? "").slice(kind.length + 1);
  }

  document.querySelectorAll("form[data-sheet]").forEach(start);
})();
