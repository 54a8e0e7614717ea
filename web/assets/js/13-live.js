// Live: a stream of the desk says that something changed, and the page asks for
// itself again in the normal way. What one types, has ticked or opened stays.
(() => {
  "use strict";
  if (document.body.dataset.area !== "agent" || !window.EventSource) return;
  const german = document.documentElement.lang === "de";
  const tell = (text) => { const live = document.getElementById("live"); if (live) live.textContent = text; };
  const ticket = () => document.querySelector("article.ticket[data-ticket]")?.dataset.ticket ?? "";
  const list = () => document.querySelector("form.picks tbody");
  const title = document.title;
  let source = null;
  let of = null;

  function open() {
    const now = ticket();
    if (source && of === now) return;
    source?.close();
    source = null;
    of = now;
    if (!now && !list() && !document.querySelector("[data-notices]")) return;
    source = new EventSource(`/agent/live${now ? `?ticket=${now}` : ""}`);
    let opened = false;
    source.addEventListener("open", () => {
      if (opened) later(); // something may have been missed
      opened = true;
      document.documentElement.dataset.live = now || "list";
    });
    source.addEventListener("change", later);
    source.addEventListener("people", here);
    source.addEventListener("notices", bell);
  }

  let waiting;
  function later() { clearTimeout(waiting); waiting = setTimeout(refresh, 150); }

  async function refresh() {
    const at = location.href;
    const headers = { "X-By-Itself": "1" };
    if (!document.hidden) headers["X-Seen"] = "1"; // what comes is read
    const answer = await fetch(at, { headers });
    if (!answer.ok || at !== location.href) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    swap(page, "header.side nav");
    ring(page);
    if (ticket()) refreshTicket(page); else refreshList(page);
  }

  // The bell: what one is told changed.
  async function bell() {
    if (document.querySelector("[data-notices]")) { location.reload(); return; }
    const answer = await fetch("/agent/notices/bell", { headers: { "X-By-Itself": "1" } });
    if (!answer.ok) return;
    const count = () => Number.parseInt(document.querySelector(".bell .count")?.lastChild.textContent ?? "0", 10);
    const before = count();
    ring(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (count() > before) tell(german ? "Neue Mitteilung" : "New notification");
  }

  function ring(page) {
    const next = page.querySelector(".bell");
    for (const old of document.querySelectorAll(".bell")) if (next && old.innerHTML !== next.innerHTML) old.replaceChildren(...[...next.childNodes].map((node) => node.cloneNode(true)));
  }

  // swap puts a part of the new page in place of the old one, unless somebody is
  // at work in it.
  function swap(page, selector) {
    const old = document.querySelector(selector);
    const next = page.querySelector(selector);
    if (!old || !next || old.contains(document.activeElement) || old.innerHTML === next.innerHTML) return false;
    old.replaceChildren(...next.childNodes);
    return true;
  }

  function refreshTicket(page) {
    const before = document.querySelectorAll("#talk .message").length;
    const open = [...document.querySelectorAll("#talk details[open]")].length;
    if (!open) swap(page, "#talk");
    if (!document.querySelector("#context details[open]")) swap(page, "#context");
    const after = document.querySelectorAll("#talk .message").length;
    if (after > before) {
      for (const seen of document.querySelectorAll("input[name=seen]")) {
        const next = page.querySelector("input[name=seen]");
        if (next) seen.value = next.value; // it is shown now
      }
      tell(german ? "Neue Nachricht auf diesem Ticket" : "New message on this ticket");
    } else tell(german ? "Das Ticket wurde geändert" : "The ticket was changed");
    mark();
  }

  function refreshList(page) {
    const old = list();
    const next = page.querySelector("form.picks tbody");
    if (!old || !next) return;
    const key = (row) => row.querySelector("input[name=ticket]")?.value;
    const words = (row) => [...row.cells].map((c) => c.textContent.trim()).join("|").replace(/\d+ \S+ ago/g, "");
    const was = new Map([...old.rows].map((row) => [key(row), row]));
    const focus = document.activeElement.closest?.("tr");
    let fresh = 0;
    for (const row of next.rows) {
      const before = was.get(key(row));
      if (before?.querySelector("input").checked) row.querySelector("input").checked = true;
      const changed = !before || before.querySelector("time")?.dateTime !== row.querySelector("time")?.dateTime;
      if (changed || before.classList.contains("fresh")) {
        row.classList.add("fresh");
        if (changed) fresh++;
      }
    }
    old.replaceChildren(...next.rows);
    if (focus) [...old.rows].find((row) => key(row) === key(focus))?.querySelector("a")?.focus();
    if (fresh) tell(german ? `${fresh} Tickets dieser Liste haben sich geändert` : `${fresh} tickets of this list changed`);
    if (fresh) mark();
  }

  // A page in the background shows in its title that there is something new.
  function mark() { if (document.hidden) document.title = `● ${title}`; }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (document.title !== title && ticket()) later(); // what came meanwhile is seen now
    document.title = title;
    here();
  });

  // Who else is at the ticket, and that one is there oneself.
  let writing = false;
  async function here() {
    const id = ticket();
    if (!id || document.hidden) return;
    const answer = await fetch(`/agent/tickets/${id}/here`, { method: "POST", headers: { "X-By-Itself": "1" }, body: new URLSearchParams(writing ? { writes: "1" } : {}) });
    const box = document.getElementById("present");
    if (!answer.ok || !box) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    if (part && part.innerHTML !== box.innerHTML) box.replaceChildren(...part.childNodes);
  }
  document.addEventListener("input", (e) => {
    if (writing || !e.target.closest?.(".writer") || e.target.name !== "text") return;
    writing = true;
    here();
  });
  setInterval(here, 20000);
  addEventListener("pagehide", () => {
    const id = ticket();
    if (id) navigator.sendBeacon(`/agent/tickets/${id}/here`, new URLSearchParams({ gone: "1" }));
    source?.close();
    source = null;
  });
  addEventListener("pageshow", () => { open(); here(); });
  document.addEventListener("htmx:after:swap", () => { writing = false; open(); here(); });
})();
