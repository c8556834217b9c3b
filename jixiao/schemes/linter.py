"""Is this scheme fair to those it assesses? What must be put right, and what is worth a second look.

The checker (``scoring.check``) asks whether a scheme can be computed; the linter asks whether it
should be. Every rule cites the regulation it rests on. Reminders may be kept with a reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jixiao.scoring.check import check
from jixiao.scoring.columns import applies_to, tree_audiences
from jixiao.scoring.inputs import item_keys, rules_of
from jixiao.scoring.measures import Reported
from jixiao.scoring.scales import Direct
from jixiao.scoring.scheme import DataItem, Gate, Item, Scheme, leaves
from jixiao.scoring.sheet import digest

Severity = Literal["must", "remind"]
VETOES = ("zero", "lowest")
HARMFUL = (*VETOES, "bar", "down", "honour")
"""Gates that take something away; a direct promotion needs no basis to be fair."""

VAGUE = re.compile(
    "认真|高度重视|积极|切实|大力|扎实|进一步|深入|不断|努力|充分|有力|到位|较好|明显"
)
TRACES = re.compile(
    "照片|图片|影像|截图|截屏|会议|签到|台账|文件|方案|制度|简报|总结|记录|留痕|痕迹|笔记|展板"
)
NAMED_TRACES = re.compile("照片|影像资料|会议记录|会议纪要|签到|台账|留痕|工作记录|展板")
USAGE = re.compile(
    "打卡|在线时长|在线时间|登录次数|登录率|积分排名|点赞|转发|下载率|注册率|安装率|活跃度|日活|月活"
    "|学习积分|浏览量|阅读量"
)
DENIED = re.compile("不得|不以|不再|不要|不看|不搞|禁止|严禁|取消")
SUPPORT = re.compile("配合责任|^(?:配合|协助)")
TOWNSHIP = re.compile("乡|镇|街道")

TOWNSHIP_LAW = "《山东省乡镇人民政府工作条例》"
CHECKS_2018 = "中共中央办公厅《关于统筹规范督查检查考核工作的通知》（2018年）"
RELIEF_2024 = "中办、国办《整治形式主义为基层减负若干规定》（2024年）"
FINGERTIP_2023 = "中央网信委《关于防治“指尖上的形式主义”的若干意见》（2023年）"


@dataclass(frozen=True)
class Finding:
    """One thing found: by which rule, where, what is wrong, what to do, and on which authority."""

    rule: str
    severity: Severity
    place: str
    """An item's code, a gate's name, or what the checker calls the place."""
    title: str
    message: str
    advice: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        """By which a kept reminder is known; another figure in the sentence is another reminder."""
        mark = f":{digest(self.message)[-8:]}" if self.rule == "check" else ""
        return f"{self.rule}:{self.place}{mark}"[:120]

    @property
    def must(self) -> bool:
        """Whether it blocks publishing."""
        return self.severity == "must"


def findings(scheme: Scheme) -> tuple[Finding, ...]:
    """Everything found, what must be put right first."""
    found = [finding for rule in RULES for finding in rule(scheme)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: not each.must))


# ------------------------------------------------------------------ must be put right


def _unsound(scheme: Scheme) -> Iterator[Finding]:
    """What the checker says; a gate's missing basis is told by ``_groundless``."""
    for remark in check(scheme):
        is_error = remark.severity == "error"
        if is_error or not remark.where.startswith("门槛"):
            severity: Severity = "must" if is_error else "remind"
            place = remark.where.partition(" ")[0]
            yield Finding("check", severity, place, remark.where, remark.message)


def _groundless(scheme: Scheme) -> Iterator[Finding]:
    for gate in scheme.gates:
        if gate.effect in HARMFUL and not gate.basis:
            word = "一票否决" if gate.effect in VETOES else "门槛"
            yield Finding(
                "groundless", "must", gate.name, f"“{gate.name}”{word}缺少依据", _lacks(gate),
                "写明上级文件或法规条款；没有依据的，改为扣分项",
                f"{TOWNSHIP_LAW}第十九条：未经国家或者省批准，不得设置“一票否决”事项",
            )  # fmt: skip


def _lacks(gate: Gate) -> str:
    who = "" if gate.approved_by else "，也没有写由谁认定"
    return f"没有上级文件或党纪法规条款{who}。"


def _usage(scheme: Scheme) -> Iterator[Finding]:
    for item in _scored(scheme):
        if word := _said(USAGE, _texts(scheme, item)):
            yield Finding(
                "usage", "must", item.code, f"{_label(item)}按“{word}”计分",
                "用了多少次、排第几，不等于事情办得怎样，还会逼着人去刷。",
                "改看办成了什么；系统的使用情况不作为指标",
                f"{FINGERTIP_2023}：不得以打卡、积分排名、在线时长等作为考核依据",
            )  # fmt: skip


# ------------------------------------------------------------------ worth a second look


def _vague(scheme: Scheme) -> Iterator[Finding]:
    for item in _scored(scheme):
        word = _said(VAGUE, (item.name, item.note))
        if word and _is_judged(item) and not re.search(r"\d", item.note):
            yield Finding(
                "vague", "remind", item.code, f"{_label(item)}写得含糊",
                f"“{word}”没有可以核对的尺度，评分的人只能凭印象。",
                "写明做到什么程度得几分，或改按数据计分",
                f"{CHECKS_2018}：防止重留痕轻实绩",
            )  # fmt: skip


def _traces(scheme: Scheme) -> Iterator[Finding]:
    for item in _scored(scheme):
        if not _is_judged(item):
            continue
        named = _said(NAMED_TRACES, (item.name, item.note)) if not item.evidence else ""
        if named or (item.evidence and all(map(TRACES.search, item.evidence))):
            shown = named or "、".join(item.evidence)
            yield Finding(
                "traces", "remind", item.code, f"{_label(item)}只以{shown}为佐证",
                "容易变成补材料。有没有留痕，不等于事情办没办成。",
                "加一项结果，如“定了什么、办成没有”，或由评估员现场看",
                f"{CHECKS_2018}：防止重留痕轻实绩",
            )  # fmt: skip


def _supporting(scheme: Scheme) -> Iterator[Finding]:
    townships = [group for group in scheme.groups if TOWNSHIP.search(group.name)]
    audiences = tree_audiences((*scheme.items, *scheme.adjustments))
    for item in _scored(scheme):
        if item.duty != "support" and not SUPPORT.search(item.name):
            continue
        for group in townships:
            units = [unit.name for unit in group.units] or [""]
            if any(
                all(applies_to(scheme, a, group=group.name, unit=u) for a in audiences[item.code])
                for u in units
            ):
                yield Finding(
                    "supporting", "remind", item.code, f"{_label(item)}向{group.name}考核配合责任",
                    "主体责任在部门，乡镇只是配合；配合得好不好由部门说了算，不公平。",
                    "改为考核负主体责任的部门，或不适用于乡镇",
                    f"{TOWNSHIP_LAW}：不得将配合责任列入对乡镇的考核",
                )  # fmt: skip
                break


def _unsourced(scheme: Scheme) -> Iterator[Finding]:
    """Only where most items say where the facts come from and who judges: these were forgotten."""
    items = tuple(_scored(scheme))
    silent = [item for item in items if not _is_sourced(scheme, item)]
    if len(silent) * 2 >= len(items):
        return
    for item in silent:
        yield Finding(
            "unsourced", "remind", item.code, f"{_label(item)}没写数据从哪来、谁认定",
            "多数项目写了，这一项没有；到时候谁报、谁评说不清。",
            "写上评分单位、佐证或数据的提供单位",
            f"{RELIEF_2024}：数据“最多报一次”",
        )  # fmt: skip


def _is_sourced(scheme: Scheme, item: Item) -> bool:
    known = (each.provider or each.counted or each.from_result for each in _data(scheme, item))
    data = any(known)
    return bool(item.scorer or item.rated_by or item.evidence or data)


RULES = (_unsound, _groundless, _usage, _vague, _traces, _supporting, _unsourced)


# ------------------------------------------------------------------ what an item says


def _scored(scheme: Scheme) -> Iterator[Item]:
    return leaves((*scheme.items, *scheme.adjustments))


def _label(item: Item) -> str:
    return f"{item.code} {item.name}"


def _data(scheme: Scheme, item: Item) -> tuple[DataItem, ...]:
    keys = item_keys(item)
    return tuple(data for data in scheme.data if data.key in keys)


def _texts(scheme: Scheme, item: Item) -> tuple[str, ...]:
    names = [data.name or data.key for data in _data(scheme, item)]
    return (item.name, item.note, *names, *item.evidence)


def _said(words: re.Pattern[str], texts: tuple[str, ...]) -> str:
    """The first of the words that is said and not denied in the same clause."""
    clauses = [clause for text in texts for clause in re.split("[，。；,;：:]", text)]
    found = (words.search(clause) for clause in clauses if not DENIED.search(clause))
    return next((match[0] for match in found if match), "")


def _is_judged(item: Item) -> bool:
    """Whether somebody gives the mark by what is seen; other rules look at a figure."""
    return item.events is None and all(
        isinstance(rule.measure, Reported)
        and rule.measure.data in ("", item.code)
        and isinstance(rule.scale, Direct)
        for rule in rules_of(item)
    )
