// Forms: one sending is enough, and what was typed is not lost by accident.
(() => {
  "use strict";
  const german = document.documentElement.lang === "de";
  const tell = (text) => { const live = document.getElementById("live"); if (live) live.textContent = text; };
  const store = (form) => `draft:${form.dataset.draft}`;
  const guarded = (form) => [...form.elements].filter((el) => el.name && el.matches("textarea, input[type=text], input:not([type])"));

  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = "yes";
    e.submitter?.setAttribute("aria-busy", "true");
    dirty.clear(); // another form's draft comes back with the page
    if (form.dataset.draft) {
      sessionStorage.setItem("sent", store(form));
    }
    tell(german ? "Wird gesendet" : "Sending");
  });

  // Back in the history shows the page as it was left: the form may be sent
  // again then.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
    for (const el of document.querySelectorAll("[aria-busy]")) el.removeAttribute("aria-busy");
  });

  // A draft lives in this tab until it was sent and no refused form came back.
  const dirty = new Set();
  const sent = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  if (sent && !document.querySelector("[aria-invalid], .notice.bad, .notice.warn, .oops")) sessionStorage.removeItem(sent);

  function watch(form) {
    const kept = JSON.parse(sessionStorage.getItem(store(form)) || "{}");
    for (const el of guarded(form)) if (!el.value && kept[el.name]) el.value = kept[el.name];
    form.addEventListener("input", () => {
      const values = {};
      for (const el of guarded(form)) if (el.value) values[el.name] = el.value;
      const some = Object.keys(values).length > 0;
      if (some) dirty.add(form); else dirty.delete(form);
      sessionStorage.setItem(store(form), JSON.stringify(values));
    });
  }
  const watchAll = () => document.querySelectorAll("form[data-draft]").forEach(watch);
  watchAll();
  document.addEventListener("htmx:after:swap", () => { dirty.clear(); watchAll(); });
  addEventListener("beforeunload", (e) => { if (dirty.size) e.preventDefault(); });
})();
