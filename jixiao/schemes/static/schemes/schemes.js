// What does the editor of schemes add? Alt ↑ ↓ moves the part at hand, or the one focused in the tree.
(() => {
  "use strict";

  const mover = document.getElementById("mover");

  addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const button = document.querySelector(`[form=mover][value=${event.key === "ArrowUp" ? "up" : "down"}]`);
    if (!button) return;
    event.preventDefault();
    const focused = document.activeElement?.dataset?.path;
    if (focused) mover.elements.path.value = focused;
    mover.requestSubmit(button);
  });

  addEventListener("load", () => {
    if (location.hash === "#at") document.querySelector("#at a")?.focus();
  });
})();
