// How does a visit end? Everything is read out to the unit, the unit says what it thinks, both sides sign.

import { button, chip, fill, h, icon, line, shape } from "./dom.js";
import * as marks from "./marks.js";

const WIDTH = 600;
const HEIGHT = 200;
const MOST_POINTS = 4_800;
const UNIT = "单位意见";
const STEPS = [["逐项记录", ""], ["与单位当面反馈", "逐条念扣分和理由"], ["双方确认", "签字或注明不同意见"]];

/** The three steps at the bottom, and the button that leads on. */
export function closingOf(page, visit) {
  const left = visit.lacking;
  const at = visit.isEditable ? (page.place === "feedback" ? 1 : 0) : 2;
  const steps = STEPS.map(([name, words], place) => {
    const state = place < at ? "done" : place === at ? "current" : "open";
    const note = place === 0 ? (left.length ? `还剩 ${left.length} 项` : "已记齐") : words;
    return h(
      "li", { class: state, "aria-current": state === "current" ? "step" : null },
      h("span", { class: "dot" }, place + 1), h("span", {}, h("strong", {}, name), h("small", {}, note))
    );
  });
  return [h("ol", {}, steps), onward(page, visit, left)];
}

function onward(page, visit, left) {
  const go = (place) => () => (location.hash = `#/${visit.number}/${place}`);
  if (!visit.isEditable) return page.place === "confirm" ? null : button(
    [icon("signature"), "双方确认"], go("confirm"), "primary large"
  );
  if (left.length) return button(
    [icon("users"), `与单位当面反馈 · 剩 ${left.length} 项`], () => {}, "large locked",
    { disabled: true, title: `还剩：${left.join("、")}` }
  );
  return page.place === "feedback" ? null : button([icon("users"), "与单位当面反馈"], go("feedback"), "primary large");
}

/** Everything to be read out, and what the unit says to it. */
export function feedback(page, visit) {
  const said = { agrees: true, view: "", ...visit.store.draft(visit.number, UNIT) };
  const fault = h("p", { class: "required", role: "status" });
  const keep = (change) => {
    Object.assign(said, change);
    visit.store.saveDraft(visit.number, UNIT, { ...said });
  };
  const tell = async () => {
    if (visit.lacking.length) return fill(fault, `还剩：${visit.lacking.join("、")}`);
    if (!said.agrees && !said.view.trim()) return fill(fault, "单位不同意的，请写明意见");
    await visit.store.queue(visit.number, "feed_back", {});
    location.hash = `#/${visit.number}/confirm`;
    return page.sync.run();
  };
  const refused = visit.rows("feed_back").find((each) => each.fault);
  const parts = [
    h("header", { class: "item-head" }, h("h2", {}, "与单位当面反馈"), h("span", { class: "own-mark" }, "逐条念给单位听")),
    refused && h("div", { class: "message error" }, shape("late"), `没有反馈成：${refused.message}`),
    h(
      "ol", { class: "read-out" },
      visit.told.tasks.filter((each) => !each.keeper || visit.said(each.code)).map((each) => readOut(visit, each))
    ),
    visit.isEditable && [
      line(
        "单位意见", null, chip("radio", "agrees", "yes", said.agrees, () => keep({ agrees: true }), "同意"),
        chip("radio", "agrees", "no", !said.agrees, () => keep({ agrees: false }), "有不同意见")
      ),
      line(
        h("label", { for: "view" }, "意见内容"), h("small", {}, "不同意的必填"),
        h(
          "textarea",
          {
            id: "view", maxlength: 1000, rows: 3, value: said.view, "data-focus": "view",
            oninput: (event) => keep({ view: event.target.value })
          }
        )
      ),
      fault,
      h(
        "div", { class: "item-actions" }, h("a", { class: "button large", href: `#/${visit.number}` }, "再改记录"),
        button([icon("check"), "已当面反馈，请双方确认"], tell, "primary large")
      ),
    ],
  ].flat();
  return { parts, isDirty: () => false };
}

function readOut(visit, task) {
  const said = visit.said(task.code);
  const own = visit.told.self_marks.find((each) => each.code === task.code);
  const findings = visit.findings.filter((each) => each.code === task.code);
  const mark = said ? (said.mark === null ? "已记，数据齐后计算得分" : marks.text(said.mark)) : "没有记录";
  return h("li", {}, h(
    "p", {}, shape(visit.look(task)), h("strong", {}, `${task.code === "-" ? "" : task.code} ${task.name}`),
    h("b", { class: "push" }, mark, task.full ? h("small", {}, `/${marks.figure(task.full)}`) : ""),
    own && h("small", {}, `自评 ${marks.text(own.mark)}`)
  ),
    said?.reason && h("p", {}, `扣分理由：${said.reason}`), said?.remark && h("p", { class: "note" }, `备注：${said.remark}`),
    findings.map((each) => h(
      "p", { class: "found" }, `问题：${each.fact}${each.opinion ? `；整改意见：${each.opinion}` : ""}；${each.workdays}个工作日内`
    )));
}

/** Who has confirmed, on the server or here. */
function confirmed(visit) {
  const here = visit.rows("confirm").filter((each) => !each.fault).map((each) => each.content);
  return [...visit.told.confirmations, ...here];
}

/** Both sides sign: two of the team at least, and somebody of the unit. */
export function confirming(page, visit) {
  if (visit.isEditable) return feedback(page, visit);
  const done = confirmed(visit);
  const has = (side, name) => done.some((each) => each.side === side && (!name || each.person_name === name));
  const refused = visit.rows("confirm").filter((each) => each.fault);
  const boxes = visit.told.members.filter((each) => !has("team", each.name)).map((each) => teamBox(page, visit, each));
  if (!has("unit")) boxes.push(unitBox(page, visit));
  const parts = [
    h("header", { class: "item-head" }, h("h2", {}, "双方确认"), h("span", { class: "own-mark" }, "评估组至少两人，单位一人")),
    visit.rows("feed_back").filter((each) => each.fault).map((each) => h(
      "div", { class: "message error" }, shape("late"), `反馈没有收下：${each.message}`
    )),
    refused.map((each) => h(
      "div", { class: "message error" }, shape("late"),
      h("span", { class: "grow" }, `${each.content.person_name}的确认没有收下：${each.message}`),
      button("知道了", () => visit.store.forget(each).then(() => page.draw()), "small")
    )),
    h(
      "ul", { class: "signed" },
      done.map((each) => h(
        "li", {}, shape("done"),
        `${each.side === "unit" ? visit.told.name : "评估组"} ${each.person_name} 已确认${each.agrees ? "" : `，不同意：${each.view}`}`
      ))
    ),
    boxes,
    visit.state === "fed_back" && takeBack(page, visit),
  ].flat();
  return { parts, isDirty: () => boxes.some((each) => each.matches(".begun")) };
}

function takeBack(page, visit) {
  const why = h("input", { maxlength: 300, "aria-label": "为什么退回", placeholder: "为什么要改" });
  const go = async () => {
    if (!why.value.trim()) return why.focus();
    await visit.store.queue(visit.number, "take_back", { reason: why.value.trim() });
    location.hash = `#/${visit.number}`;
    return page.sync.run();
  };
  return h(
    "details", { class: "more" }, h("summary", {}, "记录有错，要退回修改"), h("p", { class: "note" }, "已给的确认会失效，改完再反馈、再确认。"),
    h("p", { class: "row" }, why, button("退回修改记录", go))
  );
}

async function sign(page, visit, content) {
  await visit.store.queue(
    visit.number, "confirm",
    { agrees: true, view: "", post: "", strokes: [], made_at: new Date().toISOString(), ...content },
    `${content.side} ${content.person_name}`
  );
  document.activeElement?.blur();
  page.draw();
  return page.sync.run();
}

function teamBox(page, visit, member) {
  const box = h("section", { class: "sign-box" });
  const pad = signing(box, `${member.name}签名`);
  const content = { side: "team", person_name: member.name };
  box.append(h("h3", {}, `评估组 ${member.name}`), ...pad.parts, h("p", { class: "row" },
    button(
      "签好了", () => pad.checked() && sign(page, visit, { ...content, manner: "signature", strokes: pad.strokes }),
      "primary"
    ),
    member.is_me ? button(
      "不签字，用本人账号确认", () => sign(page, visit, { ...content, manner: "account" })
    ) : h("small", {}, "不便签字的，可以用本人账号登录后确认")));
  return box;
}

function unitBox(page, visit) {
  const said = { agrees: true, view: "", ...visit.store.draft(visit.number, UNIT) };
  const box = h("section", { class: "sign-box" });
  const name = h("input", { id: "unit-name", maxlength: 40, value: said.name ?? visit.told.host });
  const post = h("input", { id: "unit-post", maxlength: 40, value: said.post ?? "" });
  const keep = () => visit.store.saveDraft(visit.number, UNIT, { ...said, name: name.value, post: post.value });
  [name, post].forEach((each) => each.addEventListener("input", keep));
  const pad = signing(box, "单位代表签名");
  const go = async () => {
    if (!name.value.trim()) return name.focus();
    if (!pad.checked()) return null;
    const { agrees, view } = said;
    await sign(
      page, visit,
      {
        side: "unit", person_name: name.value.trim(), post: post.value.trim(), manner: "signature",
        strokes: pad.strokes, agrees, view: view.trim()
      }
    );
    return visit.store.dropDraft(visit.number, UNIT);
  };
  box.append(h("h3", {}, visit.told.name), h(
    "p", { class: "note" }, said.agrees ? `意见：同意${said.view ? `，${said.view}` : ""}` : `意见：不同意，${said.view}`
  ),
    h(
      "div", { class: "pair" }, h("label", { for: "unit-name" }, h("span", {}, "姓名"), name),
      h("label", { for: "unit-post" }, h("span", {}, "职务"), post)
    ),
    ...pad.parts, h("p", { class: "row" }, button("签好了", go, "primary"), h("small", {}, "不便签字的，单位可以用自己的账号登录后确认")));
  return box;
}

/** A field of 600 × 200 to sign in; strokes are whole numbers. */
function signing(box, label) {
  const canvas = h("canvas", { width: WIDTH, height: HEIGHT, role: "img", "aria-label": `${label}：用手指或笔写在框里` });
  const fault = h("p", { class: "required", role: "status" });
  const strokes = [];
  let now = null;
  const point = (event) => {
    const at = canvas.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [
      within(((event.clientX - at.left) * WIDTH) / at.width, WIDTH),
      within(((event.clientY - at.top) * HEIGHT) / at.height, HEIGHT)
    ];
  };
  const draw = () => {
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    Object.assign(
      pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: getComputedStyle(canvas).color }
    );
    for (const [first, ...rest] of strokes) {
      pen.beginPath();
      pen.moveTo(...first);
      (rest.length ? rest : [first]).forEach((each) => pen.lineTo(...each));
      pen.stroke();
    }
    box.classList.toggle("begun", strokes.length > 0);
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    now = [point(event)];
    strokes.push(now);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    const next = now && point(event);
    const last = now?.at(-1);
    if (!next || (next[0] === last[0] && next[1] === last[1]) || strokes.flat().length > MOST_POINTS) return;
    now.push(next);
    draw();
  });
  for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, () => (now = null));
  const undo = button([icon("arrow-left"), "退一笔"], () => draw(strokes.pop()), "small");
  const clear = button([icon("x"), "重签"], () => draw(strokes.splice(0)), "small");
  const extent = (axis) => Math.max(...strokes.flat().map((each) => each[axis])) - Math.min(...strokes.flat().map((each) => each[axis]));
  const checked = () => {
    const isFine = strokes.length > 0 && Math.max(extent(0), extent(1)) >= 20;
    fill(fault, isFine ? "" : "请先在框里签名");
    return isFine;
  };
  return { parts: [canvas, h("p", { class: "row" }, undo, clear), fault], strokes, checked };
}
