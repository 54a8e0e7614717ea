// Drafts: what is typed is kept by the desk a moment later, so that it is there
// on another machine and after a session has ended.
(() => {
  "use strict";
  const german = document.documentElement.lang === "de";
  const body = (form) => new URLSearchParams({ text: form.elements.text.value, also: form.elements.also?.value ?? "" });
  const waiting = new Map();

  async function save(form) {
    waiting.delete(form);
    const hint = form.querySelector(".saved");
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body: body(form) });
      if (hint) hint.textContent = answer.ok ? (german ? "Entwurf gespeichert" : "Draft saved")
        : answer.status === 413 ? (german ? "Der Text ist größer als 1 MB und nicht gespeichert; hängen Sie ihn als Datei an" : "The text is larger than 1 MB and not saved; attach it as a file")
        : (german ? "Der Entwurf wurde nicht gespeichert" : "The draft was not saved");
    } catch {
      if (hint) hint.textContent = german ? "Keine Verbindung: der Entwurf liegt nur in diesem Tab" : "No connection: the draft is in this tab only";
    }
  }

  document.addEventListener("input", (e) => {
    const form = e.target.closest?.("form[data-save]");
    if (!form || !["text", "also"].includes(e.target.name)) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(save, 1200, form));
  });
  document.addEventListener("submit", (e) => {
    clearTimeout(waiting.get(e.target));
    waiting.delete(e.target);
  });
  addEventListener("pagehide", () => {
    for (const [form, timer] of waiting) {
      clearTimeout(timer);
      navigator.sendBeacon(form.dataset.save, body(form));
    }
    waiting.clear();
  });
})();
