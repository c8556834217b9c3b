"""Which numbers in a bulletin claim how many units are in a tier, a group or in all?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jixiao.bulletins.rolls import GRADE, NUMBER, SUFFIX, base, tidy

_COUNTED = re.compile(
    rf"(?<![第\d.—~～-])(?<![一二三四五六七八九十百零〇两])(?P<number>{NUMBER})[个家]"
)
_HEDGED = re.compile(
    "上年|去年|上一年|往年|连续|增加|减少|新增|比上|[较比].{0,8}[多少]|计划|力争|不少于|不超过|推荐|名额|拟|约"
)
_MARGIN = re.compile("[^，,]{0,6}?(?:以上|以内|以下|左右|[（(]次)")
_FIRM = re.compile("参评|参加|参与|纳入|合计|总计|总共|总数")
_CUE = "(?:全[县市区省州旗]|共|合计|总计|总数|上述|以上|参加|参评|纳入)"
_ADJECTIVES = "(?:参评|乡科级|科级|被?考核|被?评估|参加评估的|参评的)*"
_GRANTED = "(?:被|均)?(?:(?:[评认确列]|[评认确选]定|评选)?为|获得?|达到)"
_ISSUED = re.compile("(?:评[出定选]|评选出|[确认]定|产生|表彰|共有?|全[县市区])$")
_NOT = "(?<![未不非])(?<!基本)"
_HEAD, _REST = re.compile("[一-龥（(]{0,8}$"), re.compile("[）)]|[一-龥]{0,6}")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}


@dataclass(frozen=True)
class Claim:
    """A number said of the lists: label "" is all tiers, group "" is all groups.

    `firm` is false for words that may speak of a part (全县9个单位未报送).
    """

    label: str
    group: str
    number: int
    line: int
    excerpt: str
    firm: bool = True


def value(numeral: str) -> int:
    """The number of a numeral up to 999 in words (一百零三) or of digits, full width too."""
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for char in numeral:
        if char in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[char], 0
        else:
            digit = digit * 10 + _DIGITS[char]
    return total + digit


def read_claims(
    lines: list[str], *, labels: Iterable[str], groups: Iterable[str]
) -> tuple[Claim, ...]:
    """Every number about these labels and groups; other numbers (10期以上) are left alone."""
    patterns = _patterns(_either(labels), _either({"乡镇", "园区", "部门", *groups}))
    return tuple(
        claim
        for number, line in enumerate(lines, 1)
        for sentence in re.split("[。；;！]", tidy(line))
        for claim in _in_sentence(sentence, number, patterns)
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or "(?!)"


def _patterns(labels: str, groups: str) -> dict[str, re.Pattern[str]]:
    """What stands before or after a number that speaks of these labels or groups."""
    noun = f"单位|(?P<group>{groups})"
    scope = f"(?:(?P<group>{groups})(?:单位)?)?"
    label = f"{_NOT}(?P<label>{labels}|{GRADE.pattern})"
    patterns = {
        "labelled before": rf"{scope}{label}(?:{SUFFIX}|[的共有为是计（(：:])*$",
        "granted after": rf"(?:{noun})?{_GRANTED}(?P<label>{labels})",
        "labelled after": rf"(?P<label>{labels})(?={SUFFIX}|[，、）]|$)",
        "cue before": rf"{_CUE}[为是有计对]*$",
        "counted after": rf"{_ADJECTIVES}(?:{noun})",
        "assessed before": "参评单位[共有为是计（(]*$",
        "group before": rf"(?P<group>{groups})(?:单位)?[共有为计（(]*$",
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


def _in_sentence(sentence: str, line: int, patterns: dict[str, re.Pattern[str]]) -> Iterator[Claim]:
    scope: str | None = None
    series = False  # 优秀3个、良好4个，其中乡镇5个: the part is of all
    for match in _COUNTED.finditer(sentence):
        before = sentence[max(0, match.start() - 24) : match.start()]
        after = sentence[match.end() : match.end() + 24]
        clause = re.split("[，,]", before)[-1] + "|" + re.split("[，,：:]", after)[0]
        if _HEDGED.search(clause) or _MARGIN.match(after):
            continue
        said = _said(before, after, patterns, scope)
        if said is None:
            continue
        label, group, firm = said
        scope = scope if group else "" if series and "、" in before[-10:] else label
        series = bool(label and not group)
        head, rest = _HEAD.search(before), _REST.match(after)
        excerpt = f"{head[0] if head else ''}{match[0]}{rest[0] if rest else ''}"
        yield Claim(label, group, value(match["number"]), line, excerpt, firm)


def _said(
    before: str, after: str, patterns: dict[str, re.Pattern[str]], scope: str | None
) -> tuple[str, str, bool] | None:
    """What a number counts: (label, group, firm); None when it is not about the lists."""
    if found := patterns["labelled before"].search(before):
        return base(found["label"]), found["group"] or "", True
    if found := patterns["granted after"].match(after):
        return found["label"], found["group"] or "", True
    if found := patterns["labelled after"].match(after):
        return found["label"], "", bool(_ISSUED.search(before))
    noun = patterns["counted after"].match(after)
    cued = noun and patterns["cue before"].search(before)
    if cued or patterns["assessed before"].search(before):
        firm = bool(_FIRM.search(f"{before[-8:]}|{after[:10]}"))
        return "", (noun and noun["group"]) or "", firm
    if scope is not None and (found := patterns["group before"].search(before)):
        return scope, found["group"], True
    return None
