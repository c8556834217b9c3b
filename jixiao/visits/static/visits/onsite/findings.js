// What was found wrong here, and what became of what was found before? Noted beside the item.

import { button, fill, h, line, shape, shortDay } from "./dom.js";
import * as marks from "./marks.js";

const USUAL_DAYS = 20;
const FIELDS = [
  ["fact", "事实", "textarea", 1000],
  ["evidence", "依据", "input", 500],
  ["cause", "原因", "input", 500],
  ["opinion", "整改意见", "input", 500],
  ["theme", "归类", "input", 20],
];

const place = (task) => `问题 ${task.code}`;

/** The findings of an item, and the form for another one. */
export function findingsOf(page, visit, task) {
  const part = h("section", { class: "findings", "aria-label": "问题" });
  const show = () => {
    const now = page.visit(visit.number) || visit;
    const draft = now.store.draft(now.number, place(task));
    const own = now.findings.filter((each) => each.code === task.code);
    fill(
      part, own.map((each) => noted(now, task, each, show)),
      draft ? editor(now, task, draft, show) : now.isEditable && button(
        "记为问题", () => begin(now, task, show), "", { "data-focus": "new-finding" }
      )
    );
  };
  show();
  return [line("问题", h("small", {}, "选填"), part)];
}

function begin(visit, task, show) {
  visit.store.saveDraft(
    visit.number, place(task),
    {
      key: crypto.randomUUID(), code: task.code, fact: "", evidence: "", cause: "", opinion: "", theme: "",
      workdays: USUAL_DAYS, points: null
    }
  );
  show();
}

function noted(visit, task, finding, show) {
  const remove = () => visit.store.queue(
    visit.number, "findings", { ...finding, is_removed: true }, finding.key
  ).then(show);
  const change = () => {
    visit.store.saveDraft(visit.number, place(task), finding);
    show();
  };
  const fault = visit.rows("findings", finding.key).find((each) => each.fault);
  return h("div", { class: "finding" }, h("p", {}, shape("risk"), h("strong", {}, finding.fact)),
    h(
      "p", { class: "note" },
      [
        finding.opinion || "还没有写整改意见", `${finding.workdays}个工作日内`,
        finding.points && `预扣 ${marks.text(finding.points)} 分`
      ].filter(Boolean).join(" · ")
    ),
    fault && h("p", { class: "message error" }, `没有收下：${fault.message}`),
    visit.isEditable && h("p", { class: "row" }, button("改", change, "small"), button("去掉", remove, "small danger")));
}

function editor(visit, task, draft, show) {
  const said = { ...draft };
  const faults = h("p", { class: "required", role: "status" });
  const keep = (name, value) => {
    said[name] = value;
    visit.store.saveDraft(visit.number, place(task), { ...said });
  };
  const fields = FIELDS.map(([name, label, tag, most]) => h(
    "label", {}, h("span", {}, label),
    h(
      tag,
      {
        maxlength: most, value: said[name], "data-focus": `finding-${name}`,
        oninput: (event) => keep(name, event.target.value)
      }
    )
  ));
  const days = h(
    "input",
    {
      type: "number", min: 1, max: 250, value: said.workdays,
      oninput: (event) => keep("workdays", Number(event.target.value))
    }
  );
  const points = h(
    "input",
    {
      inputmode: "decimal", value: marks.figure(said.points),
      oninput: (event) => keep("points", marks.parsed(event.target.value) ?? null)
    }
  );
  const save = async () => {
    if (!said.fact.trim()) return fill(faults, "请写明事实");
    if (!(Number.isInteger(said.workdays) && said.workdays >= 1 && said.workdays <= 250)) return fill(faults, "期限要在 1 到 250 个工作日之间");
    if (said.points !== null && said.points <= 0) return fill(faults, "预扣分要大于 0，没有就空着");
    await visit.store.dropDraft(visit.number, place(task));
    await visit.store.queue(visit.number, "findings", said, said.key);
    return show();
  };
  const cancel = () => visit.store.dropDraft(visit.number, place(task)).then(show);
  return h(
    "div", { class: "finding-form" }, fields,
    h(
      "div", { class: "pair" }, h("label", {}, h("span", {}, "期限（工作日）"), days),
      h("label", {}, h("span", {}, "预扣分，没有就空着"), points)
    ),
    faults, h("p", { class: "row" }, button("存下问题", save, "primary"), button("不记了", cancel))
  );
}

/** Earlier findings on this item; those whose result was verified are looked at again. */
export function earlierCases(page, visit, task) {
  const known = new Set(visit.own.map((each) => each.code));
  const isFirst = task === visit.own[0];
  const cases = visit.told.earlier.filter((each) => each.code === task.code || (isFirst && !known.has(each.code)));
  return cases.map((each) => earlier(page, visit, each));
}

function earlier(page, visit, found) {
  const queued = visit.rows("rechecks", String(found.case)).at(-1);
  const head = [
    h("p", {}, h("strong", {}, `以前的问题：${found.fact}`)),
    h(
      "p", { class: "note" },
      `${found.source} · ${found.item} · ${found.state_words}${found.due ? ` · 期限 ${shortDay(found.due)}` : ""}${found.opinion ? ` · ${found.opinion}` : ""}`
    )
  ];
  if (queued && !queued.fault) return h(
    "section", { class: "earlier" }, head,
    h("p", { class: "note" }, `已记下：${queued.content.holds ? "复查有效" : "复查反弹"}，${queued.content.text}`)
  );
  const text = h("input", { maxlength: 1000, "aria-label": "看到的情况", placeholder: "现在看到的情况" });
  const due = h("input", { type: "date", "aria-label": "反弹的新期限", hidden: true });
  const fault = h("p", { class: "required", role: "status" }, queued ? `没有收下：${queued.message}` : "");
  const send = async (holds) => {
    if (!text.value.trim()) return fill(fault, "请写明看到的情况");
    if (!holds && !due.value) {
      due.hidden = false;
      return fill(fault, "请写明新的整改期限");
    }
    await visit.store.queue(
      visit.number, "rechecks", { case: found.case, holds, text: text.value.trim(), due_on: holds ? null : due.value },
      String(found.case)
    );
    document.activeElement?.blur();
    page.draw();
    return page.sync.run();
  };
  const asks = found.may_recheck && !visit.told.is_gone;
  return h(
    "section", { class: "earlier" }, head,
    asks && h("div", { class: "row" }, text, button("复查有效", () => send(true)), due, button("反弹", () => send(false))),
    fault
  );
}
