// Keyboard shortcuts. One registry: what is listed here is what help shows.
// Elements name their own key with data-key; lists move with j and k.
(() => {
  "use strict";
  const root = document.documentElement;
  const german = root.lang === "de";
  const say = (en, de) => (german ? de : en);

  const rows = () => [...document.querySelectorAll("[data-rows] a[href]")].filter((a, i, all) =>
    a.offsetParent && all.findIndex((b) => b.closest("tr,li") === a.closest("tr,li")) === i);

  function step(by) {
    const all = rows();
    if (!all.length) return;
    const on = all.findIndex((a) => a === document.activeElement || a.closest("tr,li").contains(document.activeElement));
    const from = on >= 0 ? on : all.findIndex((a) => a.getAttribute("aria-current"));
    const next = all[Math.min(Math.max(from + by, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  // act does what the element with this data-key is for.
  function act(key) {
    const el = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!el) return false;
    if (el.dataset.check) {
      const radio = document.getElementById(el.dataset.check);
      if (radio) radio.checked = true;
      const box = [...document.querySelectorAll(".composer textarea")].find((t) => t.offsetParent);
      if (box) { box.focus(); box.scrollIntoView({ block: "center" }); return true; }
    }
    if (el.matches("input")) { el.focus(); el.select(); } else el.click();
    return true;
  }

  const go = (path) => () => { location.href = path; };
  const registry = [
    { keys: "j", text: say("next", "nächstes"), run: () => step(1) },
    { keys: "k", text: say("previous", "voriges"), run: () => step(-1) },
    { keys: "Enter", text: say("open", "öffnen") },
    { keys: "/", text: say("search", "suchen"), run: () => act("/") },
    { keys: "n", text: say("new", "neu"), run: () => act("n") },
    { keys: "r", text: say("reply", "antworten"), run: () => act("r") },
    { keys: "c", text: say("comment", "kommentieren"), run: () => act("c") },
    { keys: "o", text: say("take the ticket", "Ticket übernehmen"), run: () => act("o") },
    { keys: "w", text: say("who sees this", "wer sieht das"), run: () => act("w") },
    { keys: "g d", text: say("go to the desk", "zum Arbeitsplatz"), run: go("/agent/"), area: "agent admin" },
    { keys: "g a", text: say("go to administration", "zur Verwaltung"), run: go("/admin/"), area: "agent admin" },
    { keys: "g p", text: say("go to the portal", "zum Portal"), run: go("/portal/") },
    { keys: "Esc", text: say("leave a field, close a menu", "Feld verlassen, Menü schließen") },
    { keys: "?", text: say("this help", "diese Hilfe"), run: help },
  ];

  const here = (entry) => !entry.area || entry.area.includes(document.body.dataset.area);
  const offered = (entry) => here(entry) && (entry.keys.length > 1 || "jk?".includes(entry.keys) ||
    document.querySelector(`[data-key="${CSS.escape(entry.keys)}"]`));

  function help() {
    document.querySelector("dialog.keys")?.remove();
    const box = document.createElement("dialog");
    box.className = "keys";
    box.setAttribute("aria-label", say("Keyboard", "Tastatur"));
    const head = document.createElement("h2");
    head.textContent = say("Keyboard", "Tastatur");
    const list = document.createElement("dl");
    for (const entry of registry.filter(offered)) {
      const dt = document.createElement("dt");
      for (const key of entry.keys.split(" ")) {
        const kbd = document.createElement("kbd");
        kbd.textContent = key;
        dt.append(kbd, " ");
      }
      const dd = document.createElement("dd");
      dd.textContent = entry.text;
      list.append(dt, dd);
    }
    const form = document.createElement("form");
    form.method = "dialog";
    const close = document.createElement("button");
    close.textContent = say("Close", "Schließen");
    form.append(close);
    box.append(head, list, form);
    document.body.append(box);
    box.addEventListener("close", () => box.remove());
    box.showModal();
  }

  let first = "";
  let firstAt = 0;
  document.addEventListener("keydown", (e) => {
    const field = e.target.closest("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable]");
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && field?.form) {
      e.preventDefault();
      field.form.requestSubmit();
      return;
    }
    if (e.key === "Escape") {
      document.querySelectorAll("details.account[open]").forEach((d) => { d.open = false; d.querySelector("summary").focus(); });
      field?.blur();
      return;
    }
    if (field || e.ctrlKey || e.metaKey || e.altKey || root.hasAttribute("data-nokeys") || document.querySelector("dialog[open]")) return;
    const typed = e.timeStamp - firstAt < 1200 ? `${first} ${e.key}` : e.key;
    const entry = registry.find((r) => here(r) && r.run && (r.keys === typed || r.keys === e.key));
    first = e.key;
    firstAt = e.timeStamp;
    if (!entry) return;
    e.preventDefault();
    entry.run();
  });

  document.addEventListener("click", (e) => {
    const link = e.target.closest("[data-check]");
    if (link) {
      const radio = document.getElementById(link.dataset.check);
      if (radio) radio.checked = true;
    }
    document.querySelectorAll("details.account[open]").forEach((d) => { if (!d.contains(e.target)) d.open = false; });
  });
})();
