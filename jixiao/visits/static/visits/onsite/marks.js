// What is an item worth by what was entered? The same exact numbers as the server's, and the same words.
// Values and marks are whole ten-thousandths; fractions are pairs of whole numbers without bound.

const SCALE = 10000n;
const POWERS = [1n, 10n, 100n, 1000n, 10000n];

const absolute = (number) => (number < 0n ? -number : number);
const fraction = (pair) => pair && [BigInt(pair[0]), BigInt(pair[1])];
const less = ([a, b], [c, d]) => a * d < c * b;
const same = ([a, b], [c, d]) => a * d === c * b;
const minus = ([a, b], [c, d]) => [a * d - c * b, b * d];
const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
const times = ([a, b], [c, d]) => [a * c, b * d];

const sum = (terms, values) =>
  terms.reduce((total, [column, factor]) => total + BigInt(values[column]) * BigInt(factor), 0n);

/** The measured number as a pair; null where a figure is missing or the denominator is not positive. */
function measured(formula, values) {
  const columns = [...formula.top, ...formula.bottom].map(([column]) => column);
  if (columns.some((column) => values[column] === null || values[column] === undefined)) return null;
  const bottom = formula.bottom.length ? sum(formula.bottom, values) : SCALE;
  return bottom > 0n ? [sum(formula.top, values), bottom] : null;
}

function holds(piece, value) {
  const low = fraction(piece.low);
  const high = fraction(piece.high);
  const above = !low || less(low, value) || (piece.low_closed && same(low, value));
  const below = !high || less(value, high) || (piece.high_closed && same(high, value));
  return above && below;
}

function points(piece, value) {
  let distance = minus(value, fraction(piece.origin));
  const whole = fraction(piece.whole);
  if (whole) {
    const steps = (absolute(distance[0]) * whole[1]) / (distance[1] * whole[0]);
    distance = times([distance[0] < 0n ? -steps : steps, 1n], whole);
  }
  return plus(fraction(piece.base), times(fraction(piece.slope), distance));
}

/** 四舍五入 by magnitude to so many decimals, in ten-thousandths. */
function halfUp([top, bottom], decimals) {
  const shifted = absolute(top) * POWERS[decimals];
  const rounded = (2n * shifted + bottom) / (2n * bottom);
  return (top < 0n ? -rounded : rounded) * (SCALE / POWERS[decimals]);
}

/** The mark in ten-thousandths by the unit's own figures; null for a gap or where others' are needed. */
export function mark(formula, values) {
  const value = formula && measured(formula, values);
  if (!value) return null;
  const piece = formula.pieces.find((each) => holds(each, value));
  let found = halfUp(points(piece, value), formula.decimals);
  if (formula.low !== null && found < BigInt(formula.low)) found = BigInt(formula.low);
  if (formula.high !== null && found > BigInt(formula.high)) found = BigInt(formula.high);
  return Number(found);
}

/** A mark as people read it: 178500 is 17.9; a missing one is —. */
export function text(value, decimals = 1) {
  if (value === null || value === undefined) return "—";
  const units = absolute(halfUp([BigInt(value), SCALE], decimals)) / (SCALE / POWERS[decimals]);
  const digits = String(units).padStart(decimals + 1, "0");
  const body = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
  return value < 0 && units ? `−${body}` : body;
}

/** A figure without needless zeros: 60000 is 6. */
export const figure = (value) => (value === null || value === undefined ? "" : text(value, 4).replace(/\.?0+$/, "").replace("−", "-"));

/** What somebody typed, in ten-thousandths; null for nothing, undefined for what is no number. */
export function parsed(typed) {
  const plain = typed.trim().replace("−", "-");
  if (!plain) return null;
  const found = /^(-?)(\d{1,10})(?:[.。](\d{1,4}))?$/.exec(plain);
  if (!found) return undefined;
  const units = Number(found[2]) * 10000 + Number((found[3] || "").padEnd(4, "0"));
  return found[1] && units ? -units : units;
}

function fault(field, value) {
  if (value === undefined) return `“${field.label}”要填数`;
  if (value === null) return field.is_needed ? `请填“${field.label}”` : "";
  const choices = Object.entries(field.choices);
  if (choices.length && !choices.some(([, each]) => each === value)) {
    return `“${field.label}”只能选${choices.map(([name]) => name).join("、")}`;
  }
  if (field.low !== null && value < field.low) return `“${field.label}”不能低于${text(field.low)}`;
  if (field.high !== null && value > field.high) return `“${field.label}”不能高于${text(field.high)}`;
  return "";
}

/** Whether the unit loses points by these figures, as far as they tell. */
export function isDeduction(task, values) {
  const found = mark(task.formula, values);
  return found !== null && found < task.full;
}

/** What a record still needs: the list that the button and the server go by. */
export function lacking(task, said) {
  const found = task.fields.map((each) => fault(each, said.values[each.column] ?? null)).filter(Boolean);
  for (const each of task.fields) if (said.unread?.[each.column]) found.push(`“${each.label}”要填数`);
  if (!said.methods.length) found.push("请选评估方法");
  if (isDeduction(task, said.values) && !said.reason.trim()) found.push("扣分请写明理由");
  return found;
}

/** How the mark comes about, in one line. */
export function arithmetic(task, values) {
  if (!task.formula) return task.fields.length ? "数据齐后计算得分" : "";
  const found = mark(task.formula, values);
  if (found === null) return "";
  const lost = task.full - found;
  if (!task.full) return `得 ${text(found)} 分`;
  if (lost <= 0) return lost < 0 ? `得 ${text(found)} 分` : "不扣分";
  const [first, ...others] = task.fields;
  const each = perOne(task.formula);
  const value = first && values[first.column];
  if (others.length || !each || first.is_mark || !value) return `扣 ${text(lost)} 分`;
  const whole = (BigInt(value) * each[0]) / (SCALE * each[1]);
  const times = `${figure(value)} ${first.unit} × ${figure(Number((SCALE * each[0]) / each[1]))}`;
  return BigInt(lost) === whole * SCALE || BigInt(lost) * SCALE * each[1] === BigInt(value) * SCALE * each[0]
    ? `扣 ${text(lost)} 分 = ${times}`
    : `扣 ${text(lost)} 分（${times}，扣完为止）`;
}

/** Points that one of the counted things costs; null where the rule is not of this kind. */
function perOne(formula) {
  const [piece] = formula.pieces;
  const isPlain = formula.top.length === 1 && formula.top[0][1] === 1 && !formula.bottom.length;
  if (!isPlain || formula.pieces.length !== 1 || piece.whole || BigInt(piece.origin[0]) !== 0n) return null;
  const [top, bottom] = fraction(piece.slope);
  return top < 0n ? [-top, bottom] : null;
}
