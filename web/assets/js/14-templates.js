// Reply templates: the button, the key t, and / at the beginning of a line open
// a finder; what is chosen goes to where the cursor stood.
(() => {
  "use strict";
  const german = document.documentElement.lang === "de";

  function open(button, slash) {
    const box = button.form.querySelector("textarea[name=text]");
    const [from, to] = [box.selectionStart, box.selectionEnd];
    document.dispatchEvent(new CustomEvent("gh:find", { detail: {
      to: `${button.formAction}&part=1`, title: german ? "Textvorlagen" : "Reply templates",
      placeholder: german ? "Name oder Wörter einer Vorlage …" : "Name or words of a template …",
      choose(a) {
        if (!a.matches("[data-put]")) return false;
        box.setRangeText(a.parentElement.querySelector("pre").textContent, slash ? from - 1 : from, to, "end");
        box.dispatchEvent(new Event("input", { bubbles: true }));
        return true;
      },
      closed() { box.focus(); },
    } }));
  }

  document.addEventListener("click", (e) => {
    const button = e.target.closest?.("button[data-templates]");
    if (!button) return;
    e.preventDefault();
    open(button, false);
  });
  document.addEventListener("input", (e) => {
    if (e.inputType !== "insertText" || e.data !== "/" || !e.target.matches?.("textarea[name=text]")) return;
    const button = e.target.form?.querySelector("button[data-templates]");
    const at = e.target.selectionStart;
    if (button && (at === 1 || e.target.value[at - 2] === "\n") && !document.documentElement.hasAttribute("data-nokeys")) open(button, true);
  });
})();
