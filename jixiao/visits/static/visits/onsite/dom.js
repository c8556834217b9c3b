// How is a part of the page made? Elements from plain calls; whatever was written stays text.

const { icons, shapes } = document.body.dataset;
const DRAWN = "http://www.w3.org/2000/svg";

/** An element: `on…` are listeners, true and false are attributes that are there or not. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((each) => each || each === 0));
  return made;
}

function drawn(kind, address) {
  const svg = document.createElementNS(DRAWN, "svg");
  svg.setAttribute("class", kind);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(DRAWN, "use");
  use.setAttribute("href", address);
  svg.append(use);
  return svg;
}

export const icon = (name) => drawn("icon", `${icons}#${name}`);
export const shape = (state) => drawn(`shape ${state}`, `${shapes}#${state}`);
export const unseen = (text) => h("span", { class: "unseen" }, text);

/** A button; `kind` is a class such as primary. */
export const button = (words, onclick, kind = "", more = {}) =>
  h("button", { type: "button", class: `button ${kind}`, onclick, ...more }, words);

/** A labelled line of a form. */
export const line = (label, note, ...controls) =>
  h("div", { class: "line" }, h("div", { class: "label" }, label, note), h("div", { class: "controls" }, controls));

/** A choice that fingers find. */
export function chip(type, name, value, isOn, onchange, ...words) {
  const box = h("input", { type, name, value, checked: isOn, onchange });
  return h("label", { class: "chip" }, box, words);
}

/** Put `children` into a part of the page; what had the focus there keeps it, by its name. */
export function fill(part, ...children) {
  const kept = part.contains(document.activeElement) && document.activeElement.dataset.focus;
  part.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (kept) part.querySelector(`[data-focus="${CSS.escape(kept)}"]`)?.focus();
}

/** Said aloud by screen readers. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

const two = (number) => String(number).padStart(2, "0");

/** 09:48 */
export function clock(moment) {
  const at = new Date(moment);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** 1月14日 */
export const shortDay = (day) => (day ? `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日` : "日期未定");
