// Moving from ticket to ticket in the list pane swaps the main part only. The
// list stays where it was, and the focus goes to the new heading.
(() => {
  "use strict";
  let top = 0;
  document.addEventListener("htmx:before:swap", () => { top = document.querySelector(".list-pane")?.scrollTop || 0; });
  document.addEventListener("htmx:after:swap", () => {
    const pane = document.querySelector(".list-pane");
    if (pane) pane.scrollTop = top;
    const heading = document.querySelector("main h1");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
})();
