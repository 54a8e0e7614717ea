// Pictures and files can be pasted into a message, or dropped on it: they join
// those that were chosen.
(() => {
  "use strict";
  const german = document.documentElement.lang === "de";
  const into = (el) => el.closest?.("form")?.querySelector("input[type=file][name=files]");

  function add(input, files) {
    const all = new DataTransfer();
    const many = input.multiple ? [...input.files, ...files] : [...files].slice(0, 1);
    for (const f of many) all.items.add(f);
    input.files = all.files;
    const more = input.closest("details");
    if (more) more.open = true;
    const live = document.getElementById("live");
    const names = [...files].map((f) => f.name).join(", ");
    if (live) live.textContent = (german ? "Angehängt: " : "Attached: ") + names;
  }

  document.addEventListener("paste", (e) => {
    const input = e.target.matches?.("textarea") && into(e.target);
    const files = [...(e.clipboardData?.files ?? [])];
    if (!input || !files.length) return;
    e.preventDefault();
    const at = new Date().toISOString().slice(0, 19).replace(/[T:]/g, "-");
    add(input, files.map((f, i) => (f.name && f.name !== "image.png" ? f : new File([f], `${german ? "Bild" : "image"}-${at}${i ? "-" + i : ""}.png`, { type: f.type }))));
  });

  document.addEventListener("dragover", (e) => {
    const form = e.target.closest?.("form");
    if (!form || !into(e.target) || !e.dataTransfer?.types.includes("Files")) return;
    e.preventDefault();
    form.classList.add("dropping");
  });
  document.addEventListener("dragleave", (e) => e.target.closest?.("form.dropping")?.classList.remove("dropping"));
  document.addEventListener("drop", (e) => {
    const input = into(e.target);
    if (!input || !e.dataTransfer?.files.length) return;
    e.preventDefault();
    input.form.classList.remove("dropping");
    add(input, e.dataTransfer.files);
  });
})();
