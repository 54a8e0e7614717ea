// <gh-addresses> around an address field shows what was typed as chips that
// can be taken back one by one. The field itself is what is sent.
(() => {
  "use strict";
  const german = document.documentElement.lang === "de";
  class Addresses extends HTMLElement {
    connectedCallback() {
      this.input = this.querySelector("input");
      if (!this.input || this.list) return;
      this.list = document.createElement("ul");
      this.list.className = "chips";
      this.append(this.list);
      this.input.addEventListener("input", () => this.draw());
      this.draw();
    }
    get parts() { return this.input.value.split(/[,;]/).map((s) => s.trim()).filter(Boolean); }
    draw() {
      const parts = this.parts;
      this.list.replaceChildren(...parts.map((text, i) => {
        const item = document.createElement("li");
        const chip = document.createElement("span");
        chip.className = text.includes("@") ? "chip loose" : "chip loose outside";
        chip.append(text);
        const drop = document.createElement("button");
        drop.type = "button";
        drop.className = "quiet icon-only tiny";
        drop.textContent = "×";
        drop.setAttribute("aria-label", (german ? "Entfernen: " : "Remove ") + text);
        drop.addEventListener("click", () => {
          this.input.value = parts.filter((_, j) => j !== i).join(", ");
          this.input.dispatchEvent(new Event("input", { bubbles: true }));
          this.input.focus();
        });
        chip.append(drop);
        item.append(chip);
        return item;
      }));
    }
  }
  customElements.define("gh-addresses", Addresses);
})();
