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
  // says; a refused page comes back with boxes that are not saved yet.
  function differs(el) {
    const row = el.closest("tr");
    if (el.type === "hidden") return false;
    if (el.name.startsWith("b.")) {
      const was = row.querySelector('input[type="hidden"]').value.split(" ");
      return el.checked !== was.includes(el.value);
    }
    return el.matches("select") ? ![...el.options].some((o) => o.selected && o.defaultSelected || o.selected && el.value === "" && ![...el.options].some((p) => p.defaultSelected))
      : el.type === "checkbox" ? el.checked !== el.defaultChecked : el.value !== el.defaultValue;
  }

  document.querySelectorAll("form[data-sheet]").forEach(start);
})();
