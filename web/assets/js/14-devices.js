// Devices: asks the browser to show messages of the desk, and sends what it
// says of itself as a plain form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-device]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const german = document.documentElement.lang === "de";
  form.hidden = false;
  form.parentElement.querySelector(".noscript-only")?.remove();
  const field = form.elements.name;
  const brand = navigator.userAgentData?.brands?.find((b) => !/not/i.test(b.brand))?.brand || "Browser";
  if (!field.value) field.value = [brand, navigator.userAgentData?.platform || navigator.platform].filter(Boolean).join(", ");
  const fail = (text) => {
    const error = form.querySelector("p.error");
    error.hidden = false;
    error.textContent = text;
    document.getElementById("alert").textContent = text;
  };
  form.addEventListener("submit", async (e) => {
    if (form.elements.endpoint.value) return;
    e.preventDefault();
    if (await Notification.requestPermission() !== "granted") {
      return fail(german ? "Der Browser zeigt von dieser Seite keine Meldungen. Erlauben Sie das in seinen Einstellungen." : "The browser shows no messages of this site. Allow it in its settings.");
    }
    try {
      await navigator.serviceWorker.register("/device.js");
      const ready = await navigator.serviceWorker.ready;
      const key = Uint8Array.from(atob(form.dataset.device.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
      const mine = (await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
      form.elements.endpoint.value = mine.endpoint;
      form.elements.key.value = mine.keys.p256dh;
      form.elements.auth.value = mine.keys.auth;
      form.submit();
    } catch {
      fail(german ? "Der Browser hat sich nicht angemeldet: sein Dienst für Meldungen ist nicht erreichbar, oder er hat keinen." : "The browser did not sign up: its service for messages cannot be reached, or it has none.");
    }
  });
})();
