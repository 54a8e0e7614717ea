// Lists from which several tickets are chosen: a box in the head for all rows,
// Shift for a row of them, x for the row that has the focus, and a button that
// says how many there are.
(() => {
  "use strict";
  const boxes = (form) => [...form.querySelectorAll("tbody input[name=ticket]")];

  function count(form) {
    const all = boxes(form);
    const n = all.filter((b) => b.checked).length;
    const says = form.querySelector("[data-count]");
    const { none, one, many } = says.dataset;
    says.textContent = n === 0 ? none : n === 1 ? one : many.replace("-1", n);
    const head = form.querySelector("thead input");
    head.checked = n > 0 && n === all.length;
    head.indeterminate = n > 0 && n < all.length;
    form.classList.toggle("picking", n > 0);
  }

  let last = null;
  function start(form) {
    const cell = form.querySelector("thead th");
    if (!cell || cell.querySelector("input")) return;
    const head = document.createElement("input");
    head.type = "checkbox";
    head.setAttribute("aria-label", form.dataset.pick);
    cell.prepend(head);
    head.addEventListener("change", () => {
      for (const b of boxes(form)) b.checked = head.checked;
      count(form);
    });
    form.addEventListener("click", (e) => {
      const box = e.target.closest("tbody input[name=ticket]");
      if (!box) return;
      const all = boxes(form);
      const from = all.indexOf(last);
      const to = all.indexOf(box);
      if (e.shiftKey && from >= 0) for (const b of all.slice(Math.min(from, to), Math.max(from, to) + 1)) b.checked = box.checked;
      last = box;
      count(form);
    });
    count(form);
  }
  const startAll = () => document.querySelectorAll("form[data-pick]").forEach(start);
  startAll();
  addEventListener("pageshow", () => document.querySelectorAll("form[data-pick]").forEach(count));
  document.addEventListener("htmx:after:swap", startAll);
})();
