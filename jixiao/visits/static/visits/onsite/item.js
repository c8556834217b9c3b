// How is one item recorded? Method, figures or mark, reason, remark, photo; a draft from the first stroke.

import { button, chip, fill, h, icon, line, shape, unseen } from "./dom.js";
import { earlierCases, findingsOf } from "./findings.js";
import * as marks from "./marks.js";
import { DOCUMENTS, PHOTOS, taken } from "./photos.js";

const REASONS = ["缺原件", "缺签字", "缺目录", "日期不符"];
const SIGNS = { hear: "message", look: "eye", read: "file-text" };
const HALF = 5_000;
const ONE = 10_000;

/** What the form begins with: the draft, what was refused, what stands, or nothing. */
function begun(visit, task) {
  const draft = visit.store.draft(visit.number, task.code);
  if (draft) return { ...structuredClone(draft), isDirty: true };
  const [fault] = visit.rows("entries", task.code).filter((each) => each.fault).slice(-1);
  const from = fault ? fault.content : visit.said(task.code) || {};
  const { methods = [], values = {}, reason = "", remark = "" } = from;
  const base = visit.records.get(task.code)?.version || 0;
  return { methods: [...methods], values: { ...values }, reason, remark, base, unread: {}, isDirty: false };
}

export function itemForm(page, visit, task) {
  return new ItemForm(page, visit, task);
}

class ItemForm {
  constructor(page, visit, task) {
    Object.assign(this, { page, visit, task, said: begun(visit, task) });
    this.live = h("div", { class: "line-note", "aria-live": "polite" });
    this.faults = h("div", { class: "faults", role: "status" });
    this.state = h("p", { class: "item-state" });
    this.photos = h("div", { class: "photos" });
    this.needed = h("em", { class: "required" }, "必填");
    this.parts = [
      this.#head(), this.#rule(), ...earlierCases(page, visit, task), this.#versions(), this.#notice(), ...this.#body()
    ];
    this.#show();
  }

  isDirty() {
    return this.said.isDirty;
  }

  update(visit) {
    if (!visit) return;
    Object.assign(this, { visit, task: visit.task(this.task.code) || this.task });
    this.#show();
  }

  #head() {
    const { task, visit } = this;
    const own = visit.told.self_marks.find((each) => each.code === task.code);
    this.gap = h("span", { class: "own-mark" });
    this.own = own;
    return h(
      "header", { class: "item-head" },
      h(
        "h2", {}, task.code !== "-" && h("span", { class: "muted" }, `${task.code} `), task.name,
        task.full ? h("small", {}, ` 满分 ${marks.figure(task.full)}`) : ""
      ),
      this.gap
    );
  }

  #rule() {
    return h(
      "div", { class: "rule" }, h("p", {}, this.task.sentence),
      this.task.note && h("p", { class: "note" }, this.task.note)
    );
  }

  #notice() {
    const [kind, words, message] = this.visit.status(this.task.code);
    if (kind !== "late") return null;
    const fault = this.visit.rows("entries", this.task.code).filter((each) => each.fault).at(-1);
    return h(
      "div", { class: "message error" }, shape("late"), h("span", { class: "grow" }, `${words}：${message}`),
      button("知道了", () => this.visit.store.forget(fault), "small")
    );
  }

  /** Both versions side by side; a person decides, with a reason. */
  #versions() {
    const record = this.visit.records.get(this.task.code);
    if (record?.state !== "differing" || this.visit.rows("settle", this.task.code).some((each) => !each.fault)) return null;
    const why = h("textarea", { id: "why", maxlength: 300, rows: 2, "data-focus": "why" });
    const choose = (entry) => {
      if (!why.value.trim()) return why.focus();
      return this.visit.store.queue(
        this.visit.number, "settle", { entry, reason: why.value.trim() }, this.task.code
      ).then(() => this.#sent());
    };
    return h("section", { class: "versions", "aria-labelledby": "two" }, h(
      "h3", { id: "two" }, shape("risk"), "两份不一致，请看过以后选定一份"
    ),
      h(
        "div", { class: "pair" },
        record.heads.map((each) => h(
          "div", {}, h("strong", {}, `${each.by}：${marks.text(each.mark)}`), h("p", {}, this.#told(each)),
          each.reason && h("p", {}, each.reason), each.remark && h("p", { class: "note" }, each.remark),
          this.visit.isEditable && button("用这一份", () => choose(each.key))
        ))
      ),
      this.visit.isEditable && line(h("label", { for: "why" }, "为什么选这一份"), h("em", { class: "required" }, "必填"), why));
  }

  #told({ values, methods }) {
    const figures = this.task.fields.map((each) => `${each.label} ${marks.figure(values[each.column])}${each.unit}`);
    const ways = methods.split(",").filter(Boolean).map((each) => this.page.methods[each]);
    return [...figures, ...ways].join("，");
  }

  #body() {
    if (this.task.keeper) return [h(
      "p", { class: "message info" }, icon("users"), `这一项由${this.task.keeper}提供数据，不在现场记录`
    )];
    if (!this.visit.isEditable) return [this.#readOnly(), this.photos, ...findingsOf(this.page, this.visit, this.task)];
    return [
      line(
        "方法", null,
        Object.entries(this.page.methods).map(([value, words]) => chip(
          "checkbox", "method", value, this.said.methods.includes(value), (event) => this.#method(event.target),
          icon(SIGNS[value]), words
        ))
      ),
      ...this.task.fields.map((each) => this.#field(each)),
      this.live,
      this.task.full || this.task.formula ? this.#reason() : null,
      this.#files(),
      line(
        h("label", { for: "remark" }, "备注"), h("small", {}, "选填"),
        h(
          "input",
          {
            id: "remark", maxlength: 500, value: this.said.remark, "data-focus": "remark",
            oninput: (event) => this.#say({ remark: event.target.value })
          }
        )
      ),
      ...findingsOf(this.page, this.visit, this.task),
      this.faults,
      this.#actions(),
    ];
  }

  #readOnly() {
    const said = this.visit.said(this.task.code);
    if (!said) return h("p", { class: "muted" }, "没有记录");
    return h(
      "dl", { class: "facts" }, h("dt", {}, "得分"), h("dd", {}, marks.text(said.mark)), h("dt", {}, "记录"),
      h("dd", {}, this.#told({ ...said, methods: said.methods.join(",") })),
      said.reason && [h("dt", {}, "扣分理由"), h("dd", {}, said.reason)],
      said.remark && [h("dt", {}, "备注"), h("dd", {}, said.remark)]
    );
  }

  #method(box) {
    const methods = this.said.methods.filter((each) => each !== box.value);
    this.#say({ methods: box.checked ? [...methods, box.value] : methods });
  }

  #field(field) {
    const choices = Object.entries(field.choices);
    const value = this.said.values[field.column];
    const set = (now) => this.#say({ values: { ...this.said.values, [field.column]: now } });
    const label = field.is_mark ? "记分" : field.label;
    if (choices.length) return line(
      label, null,
      choices.map(([name, each]) => chip("radio", field.column, each, each === value, () => set(each), name))
    );
    const id = `field-${field.column}`;
    const input = h(
      "input", { id, inputmode: "decimal", autocomplete: "off", value: marks.figure(value), "data-focus": id }
    );
    const step = field.is_mark ? HALF : ONE;
    const write = (now) => {
      const low = field.low ?? -Infinity;
      const kept = Math.max(low, Math.min(field.high ?? Infinity, now));
      input.value = field.is_mark ? marks.text(kept).replace("−", "-") : marks.figure(kept);
      delete this.said.unread[field.column];
      set(kept);
    };
    const move = (by) => {
      const from = this.said.values[field.column];
      write(from === null || from === undefined ? (field.is_mark ? (field.high ?? 0) : by > 0 ? step : 0) : from + by);
    };
    if (field.is_mark && value !== undefined && value !== null) input.value = marks.text(value, Math.max(1, this.task.decimals)).replace("−", "-");
    input.addEventListener("input", () => {
      const now = marks.parsed(input.value);
      this.said.unread[field.column] = now === undefined;
      set(now ?? null);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      move(event.key === "ArrowUp" ? step : -step);
    });
    const bounds = [
      field.high !== null && `不能高于 ${marks.figure(field.high)}`, field.low !== null && `低于 ${marks.figure(field.low)}`
    ].filter(Boolean).join("、");
    const stepper = h(
      "div", { class: "stepping" },
      button([icon("minus"), unseen(`${label}减`)], () => move(-step), "", { "data-focus": `${id}-` }), input,
      button([icon("plus"), unseen(`${label}加`)], () => move(step), "", { "data-focus": `${id}+` })
    );
    return line(
      h("label", { for: id }, label), field.is_mark ? null : h("small", {}, field.unit), stepper,
      h(
        "p", { class: "beside" }, field === this.task.fields[0] && this.#sum(),
        h("small", {}, `每按一次 ±${marks.figure(step)}${bounds ? `，${bounds}` : ""}`)
      )
    );
  }

  #sum() {
    this.sum = h("strong", { class: "sum", "aria-live": "polite" });
    return this.sum;
  }

  #reason() {
    const area = h(
      "textarea", { id: "reason", maxlength: 500, rows: 2, value: this.said.reason, "data-focus": "reason" }
    );
    const chips = [];
    const show = () => chips.forEach(([words, box]) => (box.checked = area.value.includes(words)));
    area.addEventListener("input", () => {
      show();
      this.#say({ reason: area.value });
    });
    const toggle = (words) => {
      const had = area.value.includes(words);
      area.value = had ? area.value.replace(`${words}；`, "").replace(words, "") : `${words}；${area.value}`;
      show();
      this.#say({ reason: area.value });
    };
    for (const words of REASONS) {
      const label = chip("checkbox", "because", words, false, () => toggle(words), words);
      chips.push([words, label.firstChild]);
    }
    show();
    const other = button("其他", () => area.focus(), "rounded");
    return line(
      h("label", { for: "reason" }, "扣分理由"), this.needed,
      h("div", { class: "chips" }, chips.map(([, box]) => box.parentElement), other), area
    );
  }

  #files() {
    const pick = (accept, words, sign, more) => {
      const input = h(
        "input", { type: "file", class: "unseen", accept, ...more, onchange: (event) => this.#take(event.target) }
      );
      return h("label", { class: "pick" }, input, icon(sign), words);
    };
    return line(
      "照片、文件", h("small", {}, "选填"), this.photos, pick(PHOTOS, "拍照", "camera", { capture: "environment" }),
      pick(DOCUMENTS, "选文件", "folder", { multiple: true }), h("small", {}, "照片先存本机，不带拍摄地点；同步后加摘要和时间")
    );
  }

  async #take(input) {
    for (const file of [...input.files]) {
      try {
        await this.visit.store.keepFile(await taken(file, this.visit.number, this.task.code));
      } catch (error) {
        fill(this.faults, h("p", { class: "message error" }, shape("late"), error.message));
      }
    }
    input.value = "";
    this.#showFiles();
    this.page.sync.run();
  }

  #showFiles() {
    const { store, number, told } = this.visit;
    const gone = new Set(this.visit.rows("drops").map((each) => each.content.file));
    const here = store.files.filter((each) => each.visit === number && each.code === this.task.code);
    const there = told.files.filter((each) => each.code === this.task.code && !gone.has(each.key) && !here.some((own) => own.key === each.key) && each.state === "kept");
    const take = (words, away) => this.visit.isEditable && button([icon("x"), unseen(`去掉${words}`)], away, "small");
    fill(
      this.photos,
      here.map((each) => h(
        "figure", {}, each.thumb && h("img", { src: each.thumb, alt: "" }),
        h("figcaption", {}, each.name, h("small", {}, each.message || "已存本机")),
        take(each.name, () => this.#dropped(each))
      )),
      there.map((each) => h(
        "figure", {}, icon("file-text"),
        h(
          "figcaption", {}, h("a", { href: `${document.body.dataset.files}${each.key}/content` }, each.name),
          h("small", {}, "已同步")
        ),
        take(each.name, () => this.#drop(each.key))
      ))
    );
  }

  /** Away from here; what the server may already have of it goes too. */
  async #dropped(file) {
    await this.visit.store.dropFile(file);
    await this.#drop(file.key);
  }

  async #drop(file) {
    await this.visit.store.queue(this.visit.number, "drops", { file });
    this.#showFiles();
    this.page.sync.run();
  }

  #actions() {
    const { visit, task } = this;
    const { own } = visit;
    const before = own[own.indexOf(task) - 1];
    this.save = button("", () => this.#save(), "primary large");
    return h(
      "div", { class: "item-actions" },
      before ? h(
        "a", { class: "button large", href: `#/${visit.number}/${encodeURIComponent(before.code)}` }, "上一项"
      ) : h("span"),
      this.state, this.save
    );
  }

  #say(change) {
    Object.assign(this.said, change, { isDirty: true });
    const { isDirty: _, ...draft } = this.said;
    this.visit.store.saveDraft(this.visit.number, this.task.code, { ...draft, at: new Date().toISOString() });
    fill(this.faults);
    this.#show();
    this.page.around();
  }

  /** What follows from what is said: the sum, the gap, what is still needed, the button's words. */
  #show() {
    const { task, said, visit } = this;
    const found = marks.mark(task.formula, said.values);
    if (this.sum) this.sum.textContent = marks.arithmetic(task, said.values);
    this.needed.hidden = !marks.isDeduction(task, said.values);
    if (this.own) {
      const gap = found !== null && this.own.mark !== null ? this.own.mark - found : null;
      const words = gap === null ? "" : gap ? `，比自评${gap > 0 ? "少" : "多"} ${marks.text(Math.abs(gap))}` : "，与自评一致";
      fill(this.gap, icon("eye"), `单位自评 ${marks.text(this.own.mark)}${words}`);
    }
    const [kind, words, more] = said.isDirty ? ["current", "草稿已存本机", ""] : visit.status(task.code);
    fill(this.state, shape(kind), `${words}${more && kind === "done" ? ` · ${more}` : ""}`);
    const next = this.page.after(visit, task);
    if (this.save) this.save.replaceChildren(
      next ? `${said.isDirty ? "存下，" : ""}记 ${next.code === "-" ? next.name : next.code}` : "存下", icon("chevron-right")
    );
    this.#showFiles();
  }

  /** Complete: into the outbox. Not complete: it stays a draft, and what is missing is said. */
  async #save() {
    const { visit, task, said } = this;
    const missing = marks.lacking(task, said);
    if (missing.length && (said.isDirty || !visit.said(task.code))) {
      fill(
        this.faults,
        h(
          "div", { class: "problems" }, shape("late"),
          h("div", {}, h("strong", {}, "还差这些，草稿已存本机"), h("ul", {}, missing.map((each) => h("li", {}, each))))
        )
      );
      this.faults.scrollIntoView({ block: "nearest" });
      return;
    }
    const next = this.page.after(visit, task);
    const here = location.hash;
    if (said.isDirty) {
      const { methods, values, reason, remark, base } = said;
      const content = {
        code: task.code, methods, values, reason: reason.trim(), remark: remark.trim(), base,
        made_at: new Date().toISOString()
      };
      said.isDirty = false;
      await visit.store.queue(visit.number, "entries", content, task.code);
    }
    const goes = next && location.hash === here; // who went elsewhere meanwhile stays there
    if (goes) location.hash = `#/${visit.number}/${encodeURIComponent(next.code)}`;
    this.#sent(!goes);
  }

  #sent(draws = true) {
    document.activeElement?.blur();
    if (draws) this.page.draw();
    this.page.sync.run();
  }
}
