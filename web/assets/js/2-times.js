// Times of the last day and the next say how far away they are. The full time
// stays in the title, which rows of lists get when one points at them, and without
// script the page shows the plain one. A time that stands in a sentence as "by
// 16:00" is marked to stay as it is.
(() => {
  "use strict";
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto", style: "short" });
  function refresh() {
    for (const el of document.querySelectorAll("time[datetime]:not([data-plain])")) {
      const seconds = (Date.parse(el.dateTime) - Date.now()) / 1000;
      if (Math.abs(seconds) > 20 * 3600) continue;
      const text = Math.abs(seconds) < 3600 ? words.format(Math.round(seconds / 60), "minute") : words.format(Math.round(seconds / 3600), "hour");
      if (el.textContent !== text) el.textContent = text;
    }
  }
  function full(e) {
    const el = e.target.closest?.("time[datetime]");
    if (!el || el.title) return;
    const { lang, dataset } = document.documentElement;
    el.title = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang || "en-GB", { dateStyle: "full", timeStyle: "short", timeZone: dataset.zone || "UTC" }).format(Date.parse(el.dateTime));
  }
  document.addEventListener("mouseover", full);
  refresh();
  setInterval(refresh, 30000);
  document.addEventListener("htmx:after:swap", refresh);
})();
