// Conditions and texts of rules, and @ in what one writes on tickets: while one
// types, the names that fit what stands before the cursor are offered below the
// box. Those of rules are in the page's own list of names, which is there without
// script too; people are asked for, and without script one writes their login.
(() => {
  "use strict";
  const most = 8;
  let open = null; // what is offered, for which box

  // begun is what stands before the cursor and how it is put in; null: nothing.
  function begun(box, asked) {
    const before = box.value.slice(0, box.selectionStart);
    const field = box.closest("[data-words]").dataset.kind === "fields";
    const found = (field ? /\{\{\s*([\w.]*)$/ : /(?:^|[^\w."'])([A-Za-z_][\w.]*)$/).exec(before);
    if (!found && !(asked && !field)) return null;
    return { text: found ? found[1] : "", field };
  }

  // named is the beginning of a login behind an @; null: there is none.
  function named(box) {
    const found = /(?:^|[\s([,;:])@([\p{L}\p{N}][\p{L}\p{N}._+-]*)$/u.exec(box.value.slice(0, box.selectionStart));
    return found && { text: found[1], after: " " };
  }

  let serial = 0;
  async function people(box) {
    const mine = ++serial;
    const now = named(box);
    close();
    if (!now) return;
    const answer = await fetch(`${box.dataset.suggest}&q=${encodeURIComponent(now.text)}`, { headers: { accept: "application/json", "X-By-Itself": "1" } });
    if (!answer.ok || mine !== serial || document.activeElement !== box) return;
    const found = (await answer.json()).map((one) => ({ name: one.ref, help: one.name }));
    if (mine === serial && named(box)?.text === now.text) show(box, now, found);
  }

  function offer(box, asked) {
    if (box.dataset.suggest) {
      clearTimeout(box.waiting);
      close();
      box.waiting = setTimeout(() => people(box), 120);
      return;
    }
    close();
    const now = begun(box, asked);
    if (!now || !now.text && !now.field && !asked) return;
    const names = [...document.querySelectorAll(`#${box.closest("[data-words]").dataset.words} dt`)].filter((dt) => !dt.textContent.startsWith("|")).map((dt) => ({
      name: dt.querySelector("code").textContent.replace(/[{}|]/g, "").trim(), help: dt.nextElementSibling.textContent,
    }));
    const fit = names.filter((n) => n.name.startsWith(now.text) && n.name !== now.text)
      .concat(names.filter((n) => now.text && !n.name.startsWith(now.text) && n.name.includes(now.text))).slice(0, most);
    show(box, now, fit);
  }

  function show(box, now, fit) {
    close();
    if (!fit.length) return;
    const list = document.createElement("ul");
    list.className = "words";
    list.id = `${box.id}-words`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", document.querySelector(`label[for="${box.id}"]`)?.textContent.trim() || box.name);
    fit.forEach((n, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      const name = document.createElement("code");
      name.textContent = item.dataset.name = n.name;
      item.append(name, " ", n.help);
      list.append(item);
    });
    box.after(list);
    box.setAttribute("aria-controls", list.id);
    open = { box, list, now, at: 0 };
    mark(0);
  }

  function mark(at) {
    const items = [...open.list.children];
    open.at = (at + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === open.at)));
    open.box.setAttribute("aria-activedescendant", items[open.at].id);
    items[open.at].scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (!open) return;
    open.list.remove();
    open.box.removeAttribute("aria-controls");
    open.box.removeAttribute("aria-activedescendant");
    open = null;
  }

  // dismiss closes the list, and that which is still asked for.
  function dismiss() {
    serial++;
    clearTimeout(open.box.waiting);
    close();
  }

  function put(item) {
    const { box, now } = open;
    const end = box.selectionStart;
    const ends = now.after ?? (now.field && !box.value.slice(end).startsWith("}}") ? "}}" : "");
    close();
    box.focus();
    box.setRangeText(item.dataset.name + ends, end - now.text.length, end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  }

  const taken = (e) => e.target.matches?.("[data-words] textarea, textarea[data-suggest]");
  document.addEventListener("input", (e) => { if (taken(e)) offer(e.target, false); });
  document.addEventListener("focusout", (e) => { if (open?.box === e.target) close(); });
  document.addEventListener("keydown", (e) => {
    if (!taken(e)) return;
    if (e.ctrlKey && e.key === " ") {
      e.preventDefault();
      offer(e.target, true);
      return;
    }
    if (!open || e.ctrlKey || e.altKey || e.metaKey || e.isComposing) return;
    const does = {
      ArrowDown: () => mark(open.at + 1), ArrowUp: () => mark(open.at - 1), Escape: dismiss,
      Enter: () => put(open.list.children[open.at]), Tab: e.shiftKey ? null : () => put(open.list.children[open.at]),
    }[e.key];
    if (!does) return;
    e.preventDefault();
    e.stopPropagation();
    does();
  }, true);
  document.addEventListener("mousedown", (e) => {
    const item = e.target.closest?.(".words [role=option]");
    if (!item) return;
    e.preventDefault(); // the box keeps the focus
    put(item);
  });
})();
