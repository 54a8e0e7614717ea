// Copies what one is shown once, and says so.
(() => {
  "use strict";
  if (!navigator.clipboard) return;
  const german = document.documentElement.lang === "de";
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const from = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(from.innerText.trim());
      button.textContent = german ? "Kopiert" : "Copied";
      document.getElementById("live").textContent = button.textContent;
    });
  }
})();
