// Fields with data-suggest offer people, groups and customers while one types.
// What is chosen is a reference that the desk understands; without script one
// writes a login, an address or a name.
(() => {
  "use strict";
  let serial = 0;
  async function offer(input) {
    const comma = input.value.lastIndexOf(",") + 1;
    const kept = input.value.slice(0, comma) + (comma ? " " : "");
    const text = input.value.slice(comma).trim();
    if (text.length < 2 || /^(user|group|customer):/.test(text)) return;
    const mine = ++serial;
    const answer = await fetch(`/${document.body.dataset.area}/suggest?q=${encodeURIComponent(text)}`, { headers: { accept: "application/json" } });
    if (!answer.ok || mine !== serial) return;
    const found = (await answer.json()).filter((one) => input.dataset.suggest === "all" || one.kind === input.dataset.suggest);
    const list = document.getElementById(input.getAttribute("list"));
    list.replaceChildren(...found.map((one) => {
      const option = document.createElement("option");
      option.value = kept + one.ref;
      option.label = one.name;
      return option;
    }));
  }
  document.addEventListener("input", (e) => {
    const input = e.target;
    if (!input.matches?.("input[data-suggest]")) return;
    if (!input.getAttribute("list")) {
      const list = document.createElement("datalist");
      list.id = `${input.id}-list`;
      input.after(list);
      input.setAttribute("list", list.id);
    }
    clearTimeout(input.waiting);
    input.waiting = setTimeout(() => offer(input), 150);
  });
})();
