// What does an assessor see in the field? The day, a unit's items, one item; always from this device.

import { closingOf, confirming, feedback } from "./closing.js";
import { button, clock, fill, h, icon, say, shape, shortDay, unseen } from "./dom.js";
import { itemForm } from "./item.js";
import * as marks from "./marks.js";
import { Store, lastHere, remember } from "./store.js";
import { Sync, fetchDay } from "./sync.js";

const { home: HOME, signin: SIGN_IN, worker: WORKER } = document.body.dataset;
const METHODS = { hear: "听汇报", look: "看现场", read: "查资料" };
const app = document.getElementById("app");
let page;

/** What is known of a visit on this device: what the server said, and over it what it has not heard yet. */
class Visit {
  constructor(told, store) {
    Object.assign(this, { told, store, number: told.visit });
    this.own = told.tasks.filter((each) => !each.keeper);
    this.records = new Map(told.records.map((each) => [each.code, each]));
  }

  rows(kind, code) {
    return this.store.outbox.filter(
      (each) => each.visit === this.number && each.kind === kind && (code === undefined || each.code === code)
    );
  }

  task(code) {
    return this.told.tasks.find((each) => each.code === code);
  }

  get state() {
    const moved = this.store.outbox.filter((each) => each.visit === this.number && /_back$/.test(each.kind) && !each.fault);
    return moved.length ? (moved.at(-1).kind === "feed_back" ? "fed_back" : "underway") : this.told.state;
  }

  get isEditable() {
    return !this.told.is_gone && ["planned", "underway"].includes(this.state);
  }

  /** What stands for an item: the last that was entered here, else what the server has. */
  said(code) {
    const waiting = this.rows("entries", code).filter((each) => !each.fault).at(-1);
    if (waiting) {
      const { methods, values, reason, remark } = waiting.content;
      return {
        methods, values, reason, remark, at: waiting.at, isWaiting: true,
        mark: marks.mark(this.task(code)?.formula, values)
      };
    }
    const record = this.records.get(code);
    return record && { ...record, methods: record.methods.split(",").filter(Boolean) };
  }

  /** open, done, deducted, or current where the mark is worked out later: the item's shape in the list. */
  look(task) {
    const said = this.said(task.code);
    if (!said) return "open";
    if (said.state === "differing" && !said.isWaiting) return "risk";
    if (task.full && said.mark === null) return "current";
    return marks.isDeduction(task, said.values) ? "deducted" : "done";
  }

  /** The words about how far an item has come. */
  status(code) {
    const [fault] = this.rows("entries", code).filter((each) => each.fault).slice(-1);
    const said = this.said(code);
    if (fault) return ["late", fault.fault === "late" ? "未采用" : "没有收下", fault.message];
    if (this.store.draft(this.number, code)) return ["risk", "没有记完，已存本机", ""];
    if (said?.isWaiting) return ["current", `${clock(said.at)} 已存本机`, ""];
    if (said?.state === "differing") return ["risk", "两份不一致，请裁定", ""];
    return said ? ["done", `${clock(said.at)} 已同步`, said.by] : ["open", "未记", ""];
  }

  /** The findings as they are here. */
  get findings() {
    const found = new Map(this.told.findings.map((each) => [each.key, each]));
    for (const { content, fault } of this.rows("findings")) if (!fault) found.set(content.key, content);
    return [...found.values()].filter((each) => !each.is_removed);
  }

  /** What keeps the unit from being told. */
  get lacking() {
    const items = this.told.tasks.filter((task) => {
      const isOpen = !task.keeper && !this.said(task.code) && task.fields.some((each) => each.is_needed);
      const said = this.said(task.code);
      return isOpen || (said && this.look(task) === "risk") || Boolean(this.store.draft(this.number, task.code));
    });
    const unready = this.findings.filter((each) => !each.opinion.trim());
    const unwritten = Object.keys(this.store.drafts).filter((each) => each.startsWith(`${this.number}/问题 `));
    return [
      ...unwritten.map((each) => `没写完的${each.split("/")[1]}`), ...items.map((each) => `${each.code} ${each.name}`),
      ...unready.map((each) => `问题“${each.fact.slice(0, 12)}”的整改意见`)
    ];
  }

  get counted() {
    const looks = this.own.map((each) => this.look(each));
    const count = (...states) => looks.filter((each) => states.includes(each)).length;
    const plain = this.own.filter((each) => !each.full && this.look(each) === "done").length;
    return {
      all: looks.length, full: count("done") - plain, deducted: count("deducted", "risk"), later: count("current"),
      open: count("open")
    };
  }
}

class Page {
  constructor(store) {
    this.store = store;
    this.sync = new Sync(store, () => this.told());
    store.changed = () => this.told();
    this.parts = Object.fromEntries(["head", "banner", "list", "foot"].map((each) => [
      each, h(each === "list" ? "nav" : "div", { class: each })
    ]));
    this.parts.list.setAttribute("aria-label", "项目");
    this.main = h("main", { id: "main", tabindex: "-1" });
    const { head, banner, list, foot } = this.parts;
    app.replaceChildren(head, banner, h("div", { class: "middle" }, list, this.main), foot);
    addEventListener("hashchange", () => this.go());
    this.go({ first: true });
    this.sync.start();
  }

  visit(number) {
    const told = this.store.day.visits.find((each) => each.visit === number);
    return told && new Visit(told, this.store);
  }

  /** Open what the address says: #/3/1.2 is an item of a visit. */
  go({ first = false } = {}) {
    const [, number, place] = /^#\/(\d+)(?:\/(.+))?$/.exec(location.hash) || [];
    this.number = number ? Number(number) : null;
    this.place = place ? decodeURIComponent(place) : "";
    app.className = this.place ? "at-item" : "at-list";
    this.draw();
    this.main.scrollTop = 0;
    if (!first) this.main.focus({ preventScroll: true });
  }

  /** Something changed: what stands around the form is drawn anew, the form only where what it shows
   * is no longer so and nobody writes: a button must not go away under a finger. */
  told() {
    const isBusy = this.form && (this.main.contains(document.activeElement) || this.form.isDirty());
    if (!isBusy && this.shown !== this.#shows()) return this.draw();
    if (this.form) this.form.update?.(this.visit(this.number));
    return this.around();
  }

  #shows() {
    const { day, outbox, files } = this.store;
    const known = this.number ? day.visits.find((each) => each.visit === this.number) : day.visits;
    return JSON.stringify([known, outbox, files.map((each) => [each.key, each.fault])]);
  }

  draw() {
    this.form = null;
    this.shown = this.#shows();
    const visit = this.number && this.visit(this.number);
    this.around();
    if (!visit) return this.#day();
    if (this.place === "feedback") return this.#show(feedback(this, visit));
    if (this.place === "confirm") return this.#show(confirming(this, visit));
    const task = visit.task(this.place) || visit.own[0];
    if (task) this.#show(itemForm(this, visit, task));
  }

  #show(form) {
    this.form = form;
    fill(this.main, form.parts);
  }

  around() {
    const visit = this.number && this.visit(this.number);
    this.#banner();
    this.#head(visit);
    this.parts.list.hidden = this.parts.foot.hidden = !visit;
    if (!visit) return;
    fill(this.parts.list, this.#list(visit));
    fill(this.parts.foot, closingOf(this, visit));
  }

  #head(visit) {
    if (!visit) {
      const { name } = this.store.who;
      return fill(
        this.parts.head, h("a", { class: "back", href: HOME }, icon("arrow-left"), unseen("回到首页")),
        h(
          "div", { class: "grow" }, h("h1", {}, "现场记录"),
          h("p", {}, `${name}，${this.store.day.today ? `${shortDay(this.store.day.today)}取的安排` : "还没有取到安排"}`)
        )
      );
    }
    const { told, counted } = visit;
    const people = told.members.map((each) => each.name).join("、");
    const words = [
      told.on ? `${shortDay(told.on)} ${told.starts || ""}`.trim() : "日期未定", `${told.team} ${people}`,
      told.host && `单位陪同 ${told.host}`, told.is_double && "两人分别记分"
    ];
    fill(
      this.parts.head,
      h(
        "a", { class: "back", href: this.place ? `#/${visit.number}` : "#/" }, icon("arrow-left"),
        unseen(this.place ? "回到项目" : "回到各单位")
      ),
      h(
        "div", { class: "grow" }, h("h1", {}, `${told.name} · ${told.round}`),
        h("p", {}, words.filter(Boolean).join(" · "))
      ),
      h("div", { class: "progress" },
        h(
          "p", {}, h("span", {}, h("b", {}, counted.all - counted.open), ` / ${counted.all} 项已记`),
          h("span", {}, shape("done"), `满分 ${counted.full}`),
          h("span", {}, shape("deducted"), `扣分 ${counted.deducted}`),
          counted.later > 0 && h("span", {}, shape("current"), `待算 ${counted.later}`),
          h("span", {}, shape("open"), `未记 ${counted.open}`)
        ),
        h("progress", { max: counted.all || 1, value: counted.all - counted.open, "aria-label": "已记的项目" }))
    );
  }

  #banner() {
    const { store, sync } = this;
    const waiting = store.outbox.filter((each) => !each.fault).length + store.files.filter((each) => !each.fault).length;
    const last = store.synced ? `上次同步 ${clock(store.synced)}` : "还没有同步过";
    const refused = store.outbox.filter((each) => each.fault).length;
    const link = h("a", { class: "button small", href: SIGN_IN }, "去登录");
    const states = {
      offline: ["warning", icon("wifi-off"), `离线，已在本机保存 ${waiting} 条，联网后自动同步`],
      expired: ["warning", icon("lock"), "登录已过期，记录都在本机，登录后自动同步", link],
      other: ["error", icon("lock"), `现在登录的不是${store.who.name}，记录都在本机，${store.who.name}登录后自动同步`, link],
      forbidden: ["error", icon("lock"), "这个账号现在没有现场记录的权限，记录都在本机"],
      busy: [
        "info", icon("upload"),
        sync.progress && store.files.length ? `正在同步，文件已传 ${sync.progress.share}%` : `正在同步 ${waiting} 条`
      ],
      idle: waiting ? ["info", icon("clock"), `已在本机保存 ${waiting} 条，等待同步`] : ["quiet", shape("done"), "已全部同步"],
    };
    const [kind, sign, words, ...more] = states[sync.state];
    if (this.words !== words && kind !== "quiet") say(words);
    this.words = words;
    fill(
      this.parts.banner,
      h(
        "p", { class: kind }, sign, h("span", { class: "grow" }, words, refused ? `；${refused} 条没有收下，见各项` : ""), more,
        h("span", { class: "last" }, last)
      )
    );
    if (this.isOutdated) fill(
      this.parts.banner, [...this.parts.banner.children],
      h(
        "p", { class: "info" }, icon("info-circle"), h("span", { class: "grow" }, "页面有新版本，写到一半的都已存好"),
        button("换成新版本", () => location.reload(), "small")
      )
    );
  }

  #list(visit) {
    const groups = [];
    for (const task of visit.told.tasks) {
      if (groups.at(-1)?.name !== task.category) groups.push({ name: task.category, tasks: [] });
      groups.at(-1).tasks.push(task);
    }
    return groups.map(({ name, tasks }) => [
      h("h2", {}, name), h("ul", {}, tasks.map((task) => this.#row(visit, task)))
    ]);
  }

  #row(visit, task) {
    const said = visit.said(task.code);
    const look = task.keeper ? "plain" : visit.look(task);
    const words = {
      open: "未记", done: "已记", current: "已记，得分待算", deducted: "扣分", risk: "两份不一致", plain: `由${task.keeper}提供`
    }[look];
    const here = this.place === task.code || (!this.place && innerWidth > 700 && visit.own[0] === task);
    const fault = visit.rows("entries", task.code).some((each) => each.fault);
    const isDraft = Boolean(visit.store.draft(visit.number, task.code));
    return h("li", {}, h("a", {
      href: `#/${visit.number}/${encodeURIComponent(task.code)}`, "aria-current": here ? "true" : null,
      "data-focus": `row-${task.code}`
    },
      look === "plain" ? icon("users") : shape(fault ? "late" : look), unseen(fault ? "没有收下" : words),
      h("span", { class: "code" }, task.code === "-" ? "" : task.code), h(
        "span", { class: "grow" }, task.name, isDraft && h("small", {}, " 没记完")
      ),
      h(
        "b", {}, said ? (said.mark === null ? "已记" : marks.text(said.mark)) : "—"
      ), task.full ? h("small", {}, `/${marks.figure(task.full)}`) : ""));
  }

  #day() {
    const visits = this.store.day.visits;
    const rows = visits.map((told) => {
      const visit = new Visit(told, this.store);
      const { all, open } = visit.counted;
      const words = { planned: "待出发", underway: "进行中", fed_back: "待双方确认", closed: "已确认", excused: "不参加本轮" };
      const when = told.on === this.store.day.today ? "今天" : shortDay(told.on);
      return h("li", {}, h("a", { href: `#/${told.visit}`, "data-focus": `visit-${told.visit}` },
        h("span", { class: "when" }, when, h("small", {}, told.starts || "")),
        h(
          "span", { class: "grow" }, h("strong", {}, told.name),
          h("small", {}, [told.round, told.place, told.host].filter(Boolean).join(" · "))
        ),
        h(
          "span", { class: "far" }, h("span", {}, told.is_gone ? "不再由您记录" : words[visit.state]),
          h("small", {}, `${all - open} / ${all} 项`)
        ), icon("chevron-right")));
    });
    const missed = this.number && h("p", { class: "message info" }, icon("info-circle"), "刚才那个单位已经办结，或不再由您记录");
    const empty = h("div", { class: "empty" }, h("strong", {}, "现在没有要评估的单位"), h("p", {}, "轮次开始、评估组排定以后，联网打开这一页就会取来。"));
    fill(
      this.main, missed,
      h(
        "section", { class: "card" },
        h("header", {}, h("h2", {}, "我要去的单位"), h("span", { class: "note" }, "都已存在本机，没有网络也能打开和记录")),
        rows.length ? h("ul", { class: "visits" }, rows) : empty
      )
    );
  }

  /** The item to record after this one: the next that is open, else the next. */
  after(visit, task) {
    const { own } = visit;
    const rest = [...own.slice(own.indexOf(task) + 1), ...own.slice(0, own.indexOf(task))];
    return rest.find((each) => visit.look(each) === "open") || own[own.indexOf(task) + 1];
  }

  methods = METHODS;
}

async function start() {
  let who = lastHere();
  let day = null;
  try {
    day = await fetchDay();
    ({ who } = day);
    remember(who);
  } catch {
    if (!who) return fill(
      app,
      h(
        "main", { id: "main" }, h("h1", {}, "现场记录"), h("p", {}, "这台设备上还没有可以离线使用的记录。请先联网登录，打开一次这一页。"),
        h("p", {}, h("a", { class: "button primary", href: SIGN_IN }, "去登录"))
      )
    );
  }
  page = new Page(await Store.of(who));
  if (day) {
    await page.store.keepDay(day);
    page.told();
  }
  if (!localStorage.getItem("onsite-asked")) {
    localStorage.setItem("onsite-asked", "1");
    await navigator.storage?.persist?.();
  }
}

async function install() {
  if (!navigator.serviceWorker) return;
  const hadOne = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!hadOne || !page) return;
    page.isOutdated = true;
    page.around();
  });
  await navigator.serviceWorker.register(WORKER).catch(() => {}); // signed out or offline: the old one stays
}

start();
install();
