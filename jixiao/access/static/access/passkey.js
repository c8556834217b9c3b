// Passkeys: offered only where the browser has them, and a failure is said in words.
(() => {
  "use strict";
  const isAddress = /^[\d.]+$|:/.test(location.hostname); // a passkey belongs to a name
  const isOffered = window.isSecureContext && window.PublicKeyCredential && !isAddress;
  for (const place of document.querySelectorAll("[data-passkey]")) place.hidden = !isOffered;
  for (const place of document.querySelectorAll("[data-no-passkey]")) place.hidden = isOffered;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const { name } = event.detail.exception;
    const words =
      name === "InvalidStateError" ? "这个设备已经添加过了" : "没有完成。可能是取消了，或者这个设备没有您的通行密钥，请再试一次";
    for (const place of document.querySelectorAll("[data-passkey-error]")) {
      place.textContent = words;
      place.hidden = false;
    }
  });
})();
