// What does the browser add to pages that work without it? Keys, kept work, one submit, plain words
// when the network fails. Strict CSP: nothing inline, nothing evaluated.
(() => {
  "use strict";

  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const who = document.body.dataset.who || "";

  // ── Messages that the browser itself has to say ────────────────────────────────────────
  function say(text) {
    find(".fault")?.remove();
    const box = document.createElement("p");
    box.className = "message error fault";
    box.setAttribute("role", "alert");
    box.textContent = text;
    document.body.append(box);
    setTimeout(() => box.remove(), 12000);
  }

  // ── Keys: / searches, J and K walk the figures, Esc closes ─────────────────────────────
  const isTyping = (target) => target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

  function walk(step) {
    const figures = all("main a.figure, main [data-figure]").filter((each) => each.offsetParent);
    const at = figures.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : figures.length - 1) : at + step;
    figures[next]?.focus();
  }

  function close() {
    const menu = find("details.menu[open]");
    const drawer = find(".nav-open:checked");
    if (menu) {
      menu.open = false;
      find("summary", menu).focus();
    } else if (drawer) {
      drawer.checked = false;
      drawer.focus();
    } else {
      find("[data-close]")?.click();
    }
  }

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return close();
    if (isTyping(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      find(".search input")?.focus();
    }
    if (event.key === "j" || event.key === "J") walk(1);
    if (event.key === "k" || event.key === "K") walk(-1);
  });

  addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest("[data-print]")) print();
  });

  // What scrolls can be reached with the keyboard.
  for (const wrap of all(".table-wrap:not([tabindex])")) {
    if (wrap.scrollWidth > wrap.clientWidth || wrap.scrollHeight > wrap.clientHeight) wrap.tabIndex = 0;
  }

  // ── Light or dark ──────────────────────────────────────────────────────────────────────
  function showTheme() {
    const chosen = localStorage.getItem("theme") || "";
    for (const button of all("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
    }
  }
  for (const button of all("[data-theme-choice]")) {
    button.parentElement.hidden = false;
    button.addEventListener("click", () => {
      if (button.dataset.themeChoice) localStorage.setItem("theme", button.dataset.themeChoice);
      else localStorage.removeItem("theme");
      dispatchEvent(new Event("theme"));
      showTheme();
    });
  }
  showTheme();

  // ── Kept work: what was typed survives an expired session, an error, a lost network ────
  // An entry belongs to one person, one address, one form. `sent` means: submitted, answer unknown.
  const PREFIX = "kept:";
  const keyOf = (form) => {
    const among = all("form[data-keep]").indexOf(form);
    return `${PREFIX}${location.pathname}#${form.id || among}`;
  };
  const read = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const write = (key, entry) => sessionStorage.setItem(key, JSON.stringify(entry));
  const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  const isKept = (field) =>
    field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "submit"].includes(field.type);

  function keep(form, sent = false) {
    const values = [...form.elements].filter(isKept).filter((field) => {
      return !["checkbox", "radio"].includes(field.type) || field.checked;
    });
    const fields = values.flatMap((field) =>
      field.multiple ? [...field.selectedOptions].map((option) => [field.name, option.value]) : [[field.name, field.value]]
    );
    write(keyOf(form), { who, path: location.pathname, fields, sent });
  }

  // The hidden version and one-time number come back too: a change made meanwhile by somebody else
  // is still noticed, and what did arrive the first time does not count twice.
  function restore(form, entry) {
    const left = {};
    for (const [name, value] of entry.fields) (left[name] ??= []).push(value);
    for (const field of [...form.elements].filter(isKept)) {
      const values = left[field.name];
      if (["checkbox", "radio"].includes(field.type)) field.checked = Boolean(values?.includes(field.value));
      else if (field.multiple) for (const option of field.options) option.selected = Boolean(values?.includes(option.value));
      else if (values?.length) field.value = values.shift();
    }
    const note = document.createElement("p");
    note.className = "kept";
    note.setAttribute("role", "status");
    note.textContent = "已恢复上次没有提交的内容";
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "button small";
    discard.textContent = "不要了，重新填";
    discard.addEventListener("click", () => {
      sessionStorage.removeItem(keyOf(form));
      location.reload();
    });
    note.append(discard);
    form.prepend(note);
  }

  // What became of a form that was sent? A sign-in or error page: it did not arrive. A page with its
  // errors: the server shows what was typed. The same empty form without a message: it did not
  // arrive. Any other page reached from the form's own page: it arrived.
  function settle(key, entry) {
    const form = all("form[data-keep]").find((each) => keyOf(each) === key);
    const isWrong = form && find(".problems, [aria-invalid]", form);
    const hasMessage = Boolean(find("#messages .message:not(.error)"));
    const cameFrom = document.referrer && new URL(document.referrer).pathname === entry.path;
    const arrived = who && !isWrong && (form ? hasMessage : hasMessage || cameFrom);
    if (arrived) sessionStorage.removeItem(key);
    else write(key, { ...entry, sent: false });
  }

  for (const key of keys()) {
    const entry = read(key);
    if (who && entry.who !== who) sessionStorage.removeItem(key);
    else if (entry.sent) settle(key, entry);
  }
  for (const form of all("form[data-keep]")) {
    const entry = read(keyOf(form));
    if (entry && !find(".problems, [aria-invalid]", form)) restore(form, entry);
  }
  for (const kind of ["input", "change"]) {
    addEventListener(kind, (event) => {
      const form = event.target.closest?.("form[data-keep]");
      if (form) keep(form);
    });
  }

  // ── One submit: the button rests until the answer is here ──────────────────────────────
  function rest(form) {
    for (const button of all("button:not([type=button]):enabled", form)) {
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
    }
  }
  function wake() {
    for (const button of all("button[aria-busy]")) {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  }
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (!navigator.onLine) {
      event.preventDefault();
      return say("现在没有网络，没有提交。填写的内容还在，联网后再提交一次");
    }
    if (form.matches("[data-signs-out]")) {
      keys().forEach((key) => sessionStorage.removeItem(key));
      localStorage.removeItem("onsite-who"); // what was recorded on site stays, unshown until its owner is back
    }
    if (form.matches("[data-keep]")) keep(form, true);
    setTimeout(() => rest(form)); // after the pressed button's own value was taken
    setTimeout(wake, 10000); // an answer that is a download leaves the page as it is
  });
  addEventListener("pageshow", wake);

  // ── Parts of a page: what the server refused is said, what was typed stays ─────────────
  const REASONS = {
    401: "登录已过期。填写的内容会保留，请重新登录",
    403: "您没有权限这样做，或者页面放久了。请刷新后再试",
    404: "这一条已经不在了，请刷新页面",
    409: "别人刚改过这一条，请刷新后对照再改",
    413: "文件太大，没有收下",
    500: "系统出错，没有保存。请稍后再试一次",
  };
  addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    say(REASONS[status] || REASONS[status >= 500 ? 500 : 404]);
  });
  addEventListener("htmx:sendError", () => say("现在没有网络，没有提交。填写的内容还在，联网后再试"));
  addEventListener("htmx:timeout", () => say("等了很久没有回音，请再试一次"));
  addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") return;
    for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
  });
  addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-keep]");
    const isDone = event.detail.successful && event.detail.xhr.status !== 422;
    if (form && isDone) sessionStorage.removeItem(keyOf(form));
  });

  // ── After an answer with errors the first of them has the focus ────────────────────────
  find("[aria-invalid=true]")?.focus();
})();
