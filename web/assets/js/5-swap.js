// What a progress or a trial shows is swapped alone.
//
// Moving from ticket to ticket in the list pane swaps the main part only. The
// list stays where it was, and the focus goes to the new heading.
(() => {
  "use strict";
  let top = 0;
  document.addEventListener("htmx:before:swap", () => { top = document.querySelector(".list-pane")?.scrollTop || 0; });
  document.addEventListener("htmx:after:swap", (e) => {
    const into = e.detail?.ctx?.target?.id;
    if (into === "progress") return; // it looks by itself, the reader may be elsewhere
    if (into === "trial") {
      document.querySelector("#trial h2")?.focus();
      return;
    }
    const pane = document.querySelector(".list-pane");
    if (pane) pane.scrollTop = top;
    const heading = document.querySelector("main h1");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
})();
