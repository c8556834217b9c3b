// Where does everything live until the server has it? In this browser, a store for each account.
// A change counts as made when it is on the disk; what the server has answered leaves the outbox.

const WHO = "onsite-who";
const STORES = { kept: {}, drafts: {}, outbox: { keyPath: "id", autoIncrement: true }, files: { keyPath: "key" } };
const channel = new BroadcastChannel("onsite");

/** Who worked here last: the number and name of an account, or null. */
export const lastHere = () => JSON.parse(localStorage.getItem(WHO) || "null");
export const remember = (who) => localStorage.setItem(WHO, JSON.stringify(who));

/** A number for a device, the same for everybody who works with it. */
export function device() {
  if (!localStorage.getItem("onsite-device")) localStorage.setItem("onsite-device", crypto.randomUUID());
  return localStorage.getItem("onsite-device");
}

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function opened(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const [each, options] of Object.entries(STORES)) request.result.createObjectStore(each, options);
  };
  return answer(request);
}

export class Store {
  /** The store of an account, with everything in it read. */
  static async of(who) {
    const store = new Store();
    store.who = who;
    store.database = await opened(`onsite-${who.account}`);
    store.database.onversionchange = () => store.database.close();
    await store.read();
    channel.onmessage = async () => {
      await store.read();
      store.changed();
    };
    return store;
  }

  changed() {} // the page puts its own here

  async read() {
    const deal = this.database.transaction(Object.keys(STORES));
    const all = async (name) => {
      const keys = answer(deal.objectStore(name).getAllKeys());
      const values = await answer(deal.objectStore(name).getAll());
      return (await keys).map((key, place) => [key, values[place]]);
    };
    const [kept, drafts, outbox, files] = await Promise.all(Object.keys(STORES).map(all));
    const { day, synced } = Object.fromEntries(kept);
    this.day = day || { visits: [] };
    this.synced = synced || null;
    this.drafts = Object.fromEntries(drafts);
    this.outbox = outbox.map(([, each]) => each);
    this.files = files.map(([, each]) => each);
  }

  /** One change: on the disk when this returns, or not made at all. */
  async change(names, work) {
    const deal = this.database.transaction(names, "readwrite", { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      deal.oncomplete = resolve;
      deal.onabort = deal.onerror = () => reject(deal.error);
    });
    const result = await work(...names.map((name) => deal.objectStore(name)));
    await done;
    channel.postMessage("changed");
    return result;
  }

  async keepDay(day) {
    const gone = this.day.visits.filter((old) => !day.visits.some((each) => each.visit === old.visit));
    const unsent = gone.filter((old) => this.outbox.some((each) => each.visit === old.visit));
    day.visits.push(...unsent.map((each) => ({ ...each, is_gone: true })));
    this.day = day;
    this.synced = new Date().toISOString();
    await this.change(["kept"], (kept) => {
      kept.put(day, "day");
      kept.put(this.synced, "synced");
    });
  }

  draft(visit, code) {
    return this.drafts[`${visit}/${code}`];
  }

  async saveDraft(visit, code, said) {
    this.drafts[`${visit}/${code}`] = said;
    await this.change(["drafts"], (drafts) => drafts.put(said, `${visit}/${code}`));
  }

  async dropDraft(visit, code) {
    delete this.drafts[`${visit}/${code}`];
    await this.change(["drafts"], (drafts) => drafts.delete(`${visit}/${code}`));
  }

  /** Into the outbox; the draft that it was made from goes, and what was refused before it. */
  async queue(visit, kind, content, code = "") {
    const row = { visit, kind, code, content: { key: crypto.randomUUID(), ...content }, at: new Date().toISOString() };
    const old = this.outbox.filter((each) => each.fault && each.visit === visit && each.kind === kind && each.code === code);
    row.id = await this.change(["outbox", "drafts"], (outbox, drafts) => {
      if (kind === "entries") drafts.delete(`${visit}/${code}`);
      old.forEach((each) => outbox.delete(each.id));
      return answer(outbox.add(row));
    });
    if (kind === "entries") delete this.drafts[`${visit}/${code}`];
    this.outbox = this.outbox.filter((each) => !old.includes(each)).concat(row);
    this.changed();
  }

  async forget(row) {
    this.outbox = this.outbox.filter((each) => each !== row);
    await this.change(["outbox"], (outbox) => outbox.delete(row.id));
    this.changed();
  }

  /** What the server said: taken in leaves the outbox, refused and late stay to be looked at. */
  async settle(rows, told) {
    const states = new Map(told.flatMap((each) => each.outcomes).map((each) => [each.key, each]));
    const left = [];
    const gone = [];
    for (const row of rows) {
      const { state, message } = states.get(row.content.key) || { state: "waiting" };
      if (state === "refused" || state === "late") left.push(Object.assign(row, { fault: state, message }));
      else if (state !== "waiting") gone.push(row);
    }
    for (const { visit, records } of told) this.#take(visit, records);
    this.synced = new Date().toISOString();
    await this.change(["outbox", "kept"], (outbox, kept) => {
      gone.forEach((each) => outbox.delete(each.id));
      left.forEach((each) => outbox.put(each));
      kept.put(this.day, "day");
      kept.put(this.synced, "synced");
    });
    this.outbox = this.outbox.filter((each) => !gone.includes(each));
  }

  #take(number, records) {
    const visit = this.day.visits.find((each) => each.visit === number);
    if (!visit) return;
    const codes = new Set(records.map((each) => each.code));
    const shown = records.filter((each) => each.state !== "blank");
    visit.records = visit.records.filter((each) => !codes.has(each.code)).concat(shown);
    if (shown.length && visit.state === "planned") visit.state = "underway";
  }

  async keepFile(file) {
    this.files = this.files.filter((each) => each.key !== file.key).concat(file);
    await this.change(["files"], (files) => files.put(file));
    this.changed();
  }

  async dropFile(file) {
    this.files = this.files.filter((each) => each.key !== file.key);
    await this.change(["files"], (files) => files.delete(file.key));
    this.changed();
  }
}
