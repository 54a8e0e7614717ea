// Keys. The desk's registry of actions stands in the page (template#actions):
// what is listed there is what keys do and what help shows. Elements name their
// own key with data-key; lists move with j and k.
(() => {
  "use strict";
  const root = document.documentElement;
  const german = root.lang === "de";
  const say = (en, de) => (german ? de : en);
  const actions = () => [...(document.getElementById("actions")?.content.querySelectorAll("a") ?? [])]
    .map((a) => ({ keys: a.dataset.keys, does: a.dataset.does ?? a.dataset.keys, text: a.textContent, url: a.getAttribute("href") }));

  const rows = () => [...document.querySelectorAll("[data-rows] tbody a[href], [data-rows] li a[href]")].filter((a, i, all) =>
    a.offsetParent && all.findIndex((b) => b.closest("tr,li") === a.closest("tr,li")) === i);
  const current = (all) => all.findIndex((a) => a === document.activeElement || a.closest("tr,li").contains(document.activeElement));

  function step(by) {
    const all = rows();
    if (!all.length) return;
    const on = current(all);
    const from = on >= 0 ? on : all.findIndex((a) => a.getAttribute("aria-current"));
    const next = all[Math.min(Math.max(from + by, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function pick() {
    const all = rows();
    all[current(all)]?.closest("tr")?.querySelector("input[name=ticket]")?.click();
  }

  // act does what the element with this data-key is for.
  function act(key) {
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    const el = all.find((one) => one.offsetParent) ?? all[0];
    if (!el) return false;
    if (el.dataset.check) {
      const radio = document.getElementById(el.dataset.check);
      if (radio) radio.checked = true;
      const box = [...document.querySelectorAll(".composer textarea")].find((t) => t.offsetParent);
      if (box) { box.focus(); box.scrollIntoView({ block: "center" }); return true; }
    }
    if (el.matches("summary")) {
      el.parentElement.open = true;
      el.scrollIntoView({ block: "center" });
      el.parentElement.querySelector("select, input:not([type=hidden]), button")?.focus();
    } else if (el.matches("input")) { el.focus(); el.select(); } else el.click();
    return true;
  }

  const own = { j: () => step(1), k: () => step(-1), x: pick, "?": help };
  function run(action) {
    if (own[action.does]) own[action.does]();
    else if (!act(action.does) && action.url) location.href = action.url;
  }
  const there = (a) => a.does in own || a.url || a.does.length > 3 || document.querySelector(`[data-key="${CSS.escape(a.does)}"]`);
  // Hints beside buttons say the keys as they are.
  function hints() {
    const keys = new Map(actions().map((a) => [a.does, a.keys]));
    for (const hint of document.querySelectorAll("kbd[data-hint], .search kbd, .switch kbd")) {
      hint.dataset.hint ??= hint.textContent;
      const now = root.hasAttribute("data-nokeys") ? "" : keys.get(hint.dataset.hint);
      if (now !== undefined) { hint.textContent = now; hint.hidden = !now; }
    }
  }
  hints();
  document.addEventListener("htmx:after:swap", hints);

  function dialog(name, title) {
    document.querySelector(`dialog.${name}`)?.remove();
    const box = document.createElement("dialog");
    box.className = name;
    box.setAttribute("aria-label", title);
    document.body.append(box);
    box.addEventListener("close", () => box.remove());
    box.addEventListener("click", (e) => { if (e.target === box) box.close(); });
    return box;
  }

  function help() {
    const title = say("Keys", "Tasten");
    const box = dialog("keys", title);
    const head = document.createElement("h2");
    head.textContent = title;
    const list = document.createElement("dl");
    for (const a of actions().filter((one) => one.keys && there(one))) {
      const dt = document.createElement("dt");
      for (const key of a.keys.split(" ")) {
        const kbd = document.createElement("kbd");
        kbd.textContent = key;
        dt.append(kbd, " ");
      }
      const dd = document.createElement("dd");
      dd.textContent = a.text;
      list.append(dt, dd);
    }
    const form = document.createElement("form");
    form.method = "dialog";
    const close = document.createElement("button");
    close.textContent = say("Close", "Schließen");
    form.append(close);
    box.append(head, list, form);
    box.showModal();
  }

  // A finder asks the desk what the letters find, within what one may: the
  // palette, and other parts through the event gh:find.
  let serial = 0;
  async function find(box, to, text) {
    const mine = ++serial;
    const answer = await fetch(`${to}&q=${encodeURIComponent(text)}`);
    if (!answer.ok || mine !== serial) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    box.querySelector(".founds").replaceChildren(...part.childNodes);
    mark(box, 0);
  }
  function mark(box, at) {
    const all = [...box.querySelectorAll(".found li a")];
    all.forEach((a, i) => { a.classList.toggle("on", i === at); a.parentElement.classList.toggle("on", i === at); });
    all[at]?.scrollIntoView({ block: "nearest" });
    const live = document.getElementById("live");
    if (all[at] && live) live.textContent = all[at].textContent;
  }
  function finder({ to, title, placeholder, choose, closed }) {
    const box = dialog("palette", title);
    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = placeholder;
    input.setAttribute("aria-label", title);
    const founds = document.createElement("div");
    founds.className = "founds";
    box.append(input, founds);
    box.showModal();
    if (closed) box.addEventListener("close", closed);
    let waiting;
    input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(find, 120, box, to, input.value); });
    input.addEventListener("keydown", (e) => {
      const all = [...box.querySelectorAll(".found li a")];
      const on = all.findIndex((a) => a.classList.contains("on"));
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        mark(box, Math.min(Math.max(on + (e.key === "ArrowDown" ? 1 : -1), 0), all.length - 1));
      } else if (e.key === "Enter") {
        e.preventDefault();
        all[on]?.click();
      }
    });
    founds.addEventListener("click", (e) => {
      const a = e.target.closest("li a");
      if (!a || !choose(a)) return;
      e.preventDefault();
      box.close();
    });
    find(box, to, "");
  }
  document.addEventListener("gh:find", (e) => finder(e.detail));

  function palette() {
    finder({
      to: `/agent/palette?part=1&at=${encodeURIComponent(location.pathname)}`, title: say("Go to anything", "Überallhin gehen"),
      placeholder: say("A command, a ticket, a person, a queue …", "Ein Befehl, ein Ticket, eine Person, eine Queue …"),
      choose(a) {
        const key = a.dataset.pressKey;
        if (!key || !document.querySelector(`[data-key="${CSS.escape(key)}"]`)) return false;
        setTimeout(act, 0, key);
        return true;
      },
    });
  }

  let first = "";
  let firstAt = 0;
  document.addEventListener("keydown", (e) => {
    const field = e.target.closest("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable]");
    if ((e.ctrlKey || e.metaKey) && e.key === "k" && !document.querySelector("dialog[open]") && actions().some((a) => a.keys === "Ctrl+K")) {
      e.preventDefault();
      palette();
      return;
    }
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
    if (field || e.ctrlKey || e.metaKey || e.altKey || e.key.length > 1 || root.hasAttribute("data-nokeys") || document.querySelector("dialog[open]")) return;
    const typed = e.timeStamp - firstAt < 1200 ? `${first} ${e.key}` : e.key;
    const all = actions();
    const action = all.find((a) => a.keys === typed) ?? all.find((a) => a.keys === e.key);
    first = e.key;
    firstAt = e.timeStamp;
    if (!action) return;
    e.preventDefault();
    run(action);
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
