// How does what lies in the outbox reach the server? By itself, in order, once, as often as it takes.

import { device, remember } from "./store.js";

const { day: DAY, sync: SYNC, files: FILES } = document.body.dataset;
const PIECE = 512 * 1024;
const MOST = 50;
const EVERY = 30_000;
const TIMEOUT = 60_000;

class ExpiredError extends Error {}
class ForbiddenError extends Error {}
class OtherAccountError extends Error {}

const cookie = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] || "";

/** Ask the server; an answer that is no JSON comes from a page before ours: sign in first. */
async function ask(address, { method = "GET", body, type = "application/json" } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") Object.assign(headers, { "X-CSRFToken": cookie(), "Content-Type": type });
  const signal = AbortSignal.timeout(TIMEOUT);
  const answer = await fetch(address, { method, headers, body, signal, cache: "no-store" });
  if (answer.status >= 500) throw new Error(`HTTP ${answer.status}`);
  if (answer.status === 403) throw new ForbiddenError();
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.status === 401 || !isJson) throw new ExpiredError();
  return { status: answer.status, told: await answer.json() };
}

const post = (address, content) => ask(address, { method: "POST", body: JSON.stringify(content) });

/** The day's bundle as the server has it. */
export async function fetchDay() {
  return (await ask(DAY)).told;
}

/** What may be sent now: up to a step back, nothing that was refused, no signatures before the feedback. */
export function nextOf(outbox) {
  const shut = new Set();
  const blocked = new Set(outbox.filter((each) => each.fault && each.kind === "feed_back").map((each) => each.visit));
  return outbox
    .filter((each) => {
      const may = !each.fault && !shut.has(each.visit) && !(each.kind === "confirm" && blocked.has(each.visit));
      if (each.kind === "take_back" && !each.fault) shut.add(each.visit);
      return may;
    })
    .slice(0, MOST);
}

function packed(rows) {
  const visits = new Map();
  for (const { visit, kind, content } of rows) {
    if (!visits.has(visit)) visits.set(visit, { visit });
    (visits.get(visit)[kind] ??= []).push(content);
  }
  return { device: device(), visits: [...visits.values()] };
}

export class Sync {
  constructor(store, tell) {
    this.store = store;
    this.tell = tell;
    this.state = "idle"; // idle, busy, offline, expired, forbidden, other
    this.wait = 2_000;
  }

  /** From now on whenever there is reason to hope. */
  start() {
    addEventListener("online", () => this.soon());
    addEventListener("offline", () => this.#show("offline"));
    document.addEventListener("visibilitychange", () => document.hidden || this.soon());
    setInterval(() => this.waiting && this.run(), EVERY);
    this.soon();
  }

  /** Whether anything is left that could be sent. */
  get waiting() {
    return nextOf(this.store.outbox).length + this.store.files.filter((each) => !each.fault).length;
  }

  soon() {
    this.wait = 2_000;
    return this.run({ refresh: true });
  }

  #show(state) {
    this.state = state;
    this.tell();
  }

  /** Send everything; one tab at a time. */
  run({ refresh = false } = {}) {
    return navigator.locks.request("onsite-sync", { ifAvailable: true }, async (lock) => {
      if (!lock) return this.#later();
      clearTimeout(this.timer);
      try {
        if (this.waiting) this.#show("busy");
        await this.#all(refresh);
        this.wait = 2_000;
        this.#show("idle");
      } catch (error) {
        this.#failed(error);
      }
      if (this.state !== "idle" || this.waiting) this.#later();
      return this.state;
    });
  }

  async #all(refresh) {
    if (refresh) await this.#refresh();
    const sent = await this.#entries();
    const files = await this.#files();
    if (sent || files) await this.#refresh();
  }

  #later() {
    clearTimeout(this.timer);
    if (!this.waiting || ["expired", "other"].includes(this.state)) return;
    this.timer = setTimeout(() => this.run({ refresh: true }), this.wait);
    this.wait = Math.min(this.wait * 2, 60_000);
  }

  #failed(error) {
    if (error instanceof ExpiredError) this.#show("expired");
    else if (error instanceof ForbiddenError) this.#show("forbidden");
    else if (error instanceof OtherAccountError) this.#show("other");
    else this.#show("offline");
  }

  async #refresh() {
    const day = await fetchDay();
    if (day.who.account !== this.store.who.account) {
      this.other = day;
      throw new OtherAccountError();
    }
    remember(day.who);
    await this.store.keepDay(day);
  }

  /** Nothing goes under another name than that of whoever recorded it. */
  #who() {
    return { account: this.store.who.account };
  }

  async #entries() {
    let needs = false;
    for (let rows = nextOf(this.store.outbox); rows.length; rows = nextOf(this.store.outbox)) {
      const { status, told } = await post(SYNC, { ...this.#who(), ...packed(rows) });
      if (status === 409) throw new OtherAccountError();
      if (status !== 200) throw new Error("not taken in");
      await this.store.settle(rows, told.visits);
      needs ||= rows.some((each) => each.kind !== "entries");
      if (rows.every((each) => this.store.outbox.includes(each) && !each.fault)) break;
    }
    return needs;
  }

  async #files() {
    const waiting = this.store.files.filter((each) => !each.fault);
    for (const file of waiting) await this.#file(file);
    return waiting.length;
  }

  /** From where the server stands, piece by piece; a file that it does not want is said so. */
  async #file(file) {
    const { key, visit, code, name, size, sha256 } = file;
    let { status, told } = await post(FILES, { ...this.#who(), key, visit, code, name, size, sha256 });
    if (status === 409 && told.received === undefined) throw new OtherAccountError();
    for (let tries = 0; (status === 200 || status === 409) && told.state !== "kept"; tries += told.received ? 0 : 1) {
      if (tries > 2) return this.#refused(file, "传了几次都不完整，请去掉以后重新添加");
      const from = told.received;
      const body = file.blob.slice(from, from + PIECE);
      ({ status, told } = await ask(
        `${FILES}${key}/?from=${from}`, { method: "PUT", body, type: "application/octet-stream" }
      ));
      if (told.received) this.progress = { key, share: Math.floor((100 * told.received) / size) };
      this.tell();
    }
    return status === 200 ? this.store.dropFile(file) : this.#refused(file, told.message);
  }

  #refused(file, message) {
    return this.store.keepFile({ ...file, fault: "refused", message });
  }
}
