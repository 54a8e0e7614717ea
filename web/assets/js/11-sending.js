// Sending: the seconds until a reply goes out run down, and the people who get
// a message follow what is typed into the field for one-time recipients.
(() => {
  "use strict";
  setInterval(() => {
    for (const el of document.querySelectorAll("[data-until]")) {
      const left = Number(el.dataset.left) - 1;
      if (left < 0) continue;
      el.textContent = el.textContent.replace(/\d+/, left);
      el.dataset.left = left;
    }
  }, 1000);

  document.addEventListener("change", async (e) => {
    if (e.target.name !== "also") return;
    const form = e.target.form;
    const goes = form?.querySelector("[data-goes]");
    if (!goes?.dataset.goes) return;
    const answer = await fetch(`${goes.dataset.goes}&also=${encodeURIComponent(e.target.value)}`);
    if (!answer.ok) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    if (!part) return;
    goes.replaceChildren(...part.childNodes);
    form.querySelector("[data-send]").textContent = part.dataset.label;
  });
})();
