// Passkeys: asks the device, and sends what it answers as a plain form.
(() => {
  "use strict";
  const german = document.documentElement.lang === "de";
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.parentElement.querySelector(".noscript-only")?.remove();
    const error = form.querySelector("p.error");
    const fail = (why, home) => {
      error.hidden = false;
      if (why?.name === "InvalidStateError") error.textContent = german ? "Auf diesem Gerät liegt schon ein Passkey von Ihnen; er steht oben." : "This device holds a passkey of yours already; it is in the list above.";
      else if (why?.name === "SecurityError" && home) error.textContent = german ? `Passkeys gehören zu ${home}; öffnen Sie den Desk dort.` : `Passkeys belong to ${home}; open the desk there.`;
      else error.textContent = german ? "Das hat nicht geklappt oder wurde abgebrochen. Versuchen Sie es noch einmal." : "That did not work or was stopped. Try again.";
      document.getElementById("alert").textContent = error.textContent;
    };
    form.addEventListener("submit", async (e) => {
      if (form.elements.response.value) return;
      e.preventDefault();
      error.hidden = true;
      let home; // the desk may be open at another of its addresses
      try {
        const answer = await fetch(form.dataset.passkey, { method: "POST", headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.status);
        const { token, options } = await answer.json();
        home = options.publicKey.rpId || options.publicKey.rp.id;
        const key = "make" in form.dataset
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
        form.elements.ceremony.value = token;
        form.elements.response.value = JSON.stringify(key.toJSON());
        form.submit();
      } catch (why) { fail(why, home); }
    });
  }
})();
