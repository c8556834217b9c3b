"""What is found wrong in many units, and has it been put right?"""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

from jixiao.bulletins.context import Trouble
from jixiao.bulletins.known import (
    Grounds,
    Known,
    NoAnswerError,
    firstly,
    listed,
    number,
)
from jixiao.results.explain import find_items
from jixiao.scoring.numbers import half_up, number_text
from jixiao.scoring.scheme import leaves

WIDELY = 2
"""Units from which on a finding is a common one."""
LONGEST = 60
"""Characters of a fact that is told as an example."""


def themes(grounds: Grounds, found: Sequence[Trouble]) -> dict[str, list[Trouble]]:
    """Findings under their heading, else under their item's category; most units first."""
    grouped: dict[str, list[Trouble]] = {}
    for each in found:
        grouped.setdefault(each.theme or _category(grounds, each), []).append(each)
    order = sorted(
        grouped, key=lambda name: (-len(_units(grouped[name])), -len(grouped[name]), name)
    )
    return {name: grouped[name] for name in order}


def _category(grounds: Grounds, trouble: Trouble) -> str:
    if grounds.result is not None and trouble.code:
        for item in grounds.result.scheme.items:
            if trouble.code in {leaf.code for leaf in leaves((item,))}:
                return item.name
    return trouble.item


def _units(found: Sequence[Trouble]) -> list[str]:
    return list(dict.fromkeys(each.unit for each in found))


def _troubles(grounds: Grounds, name: str, about: str = "") -> list[Trouble]:
    """All findings; those of a heading, an item or a category where one is named."""
    if grounds.context.findings is None:
        raise NoAnswerError(f"“{{{name}}}”要有平台里的问题台账，现在没有")
    found, wanted = list(grounds.context.findings), about or grounds.subject
    if not wanted:
        return found
    result = grounds.result
    codes = {item.code for item in find_items(result.scheme, wanted)} if result else set()
    grouped = themes(grounds, found).get(wanted, [])
    return [each for each in found if each in grouped or each.code in codes or each.item == wanted]


def _common(grounds: Grounds, about: str) -> str:
    """两个以上单位都有的问题，按归类写：一是……，涉及12个单位，主要是……；可写几类（不写为5类）。"""
    most = number(about, 5)
    grouped = themes(grounds, _troubles(grounds, "共性问题"))
    wide = [(name, found) for name, found in grouped.items() if len(_units(found)) >= WIDELY]
    return firstly(_theme(name, found) for name, found in wide[:most])


def _theme(name: str, found: Sequence[Trouble]) -> str:
    examples = _examples(found, most=2)
    told = f"，主要是{'；'.join(examples)}".replace("；", "，") if examples else ""
    return f"{name}，涉及{len(_units(found))}个单位{told}"


def _examples(found: Sequence[Trouble], *, most: int) -> list[str]:
    """What was told most often, the shorter first; none names a unit."""
    units = _units(found)
    told = Counter(each.fact.strip().rstrip("。；") for each in found)
    short = [fact for fact in told if len(fact) <= LONGEST and not any(u in fact for u in units)]
    return sorted(short, key=lambda fact: (-told[fact], len(fact), fact))[:most]


def _example(grounds: Grounds, about: str) -> str:
    """一类问题最常见的一条事实，写归类、项目或类别；不点单位的名。"""
    return listed(_examples(_troubles(grounds, "问题举例", about), most=1))


def _theme_names(grounds: Grounds, about: str) -> str:
    """问题最多的几类的名称，单位多的在前；可写几类（不写为5类）。"""
    most = number(about, 5)
    return listed(list(themes(grounds, _troubles(grounds, "问题归类")))[:most])


def _unit_count(grounds: Grounds, about: str) -> str:
    """有问题的单位个数；可写归类、项目或类别。"""
    return str(len(_units(_troubles(grounds, "问题单位数", about))))


def _done_rate(grounds: Grounds, about: str) -> str:
    """已整改到位的问题占全部问题的比例：85.7%；可写归类、项目或类别。"""
    found = _troubles(grounds, "整改率", about)
    if not found:
        return ""
    done = Fraction(sum(each.is_done for each in found), len(found))
    return f"{number_text(half_up(done * 100, 1))}%"


def _late_units(grounds: Grounds, about: str) -> str:
    """超过期限还没有整改的单位名单；可写归类、项目或类别。"""
    return listed(_units([e for e in _troubles(grounds, "逾期单位", about) if e.is_late]))


def _counting(name: str, words: str, wanted: Callable[[Trouble], bool]) -> Known:
    def answer(grounds: Grounds, about: str) -> str:
        return str(sum(map(wanted, _troubles(grounds, name, about))))

    answer.__doc__ = f"{words}；可写归类、项目或类别。"
    return Known(name, answer, f"{{{name}}}", "theme")


FINDINGS = (
    Known("共性问题", _common, "{共性问题：3}"),
    Known("问题归类", _theme_names, "{问题归类：3}"),
    Known("问题举例", _example, "{问题举例：内部考评流于形式}", "theme"),
    Known("问题单位数", _unit_count, "{问题单位数：内部考评流于形式}", "theme"),
    _counting("问题数", "反馈给单位的问题件数", lambda _: True),
    _counting("已整改数", "已核实整改到位的问题件数", lambda each: each.is_done),
    _counting(
        "按期整改数", "期限内报送结果并核实到位的问题件数", lambda e: e.is_done and e.in_time
    ),
    _counting("在办问题数", "还没有整改到位的问题件数", lambda each: not each.is_done),
    _counting("逾期问题数", "超过期限还没有整改的问题件数", lambda each: each.is_late),
    _counting("反复问题数", "同一单位同一项目又出现的问题件数", lambda each: each.is_repeated),
    Known("整改率", _done_rate, "{整改率}", "theme"),
    Known("逾期单位", _late_units, "{逾期单位}", "theme"),
)
