"""How many units, and which, are in which tier and group?"""

import re
from collections.abc import Iterator

from jixiao.bulletins.known import Grounds, Known, ReferenceProblem, listed
from jixiao.results.consequences import Listed, consequences
from jixiao.scoring.sentences import tier_words


def _count(grounds: Grounds, about: str) -> str:
    """单位个数；可写等次、组别或两者，如先进·乡镇。"""
    return str(sum(1 for _ in _within(grounds, about, "单位数")))


def _list(grounds: Grounds, about: str) -> str:
    """单位名单，写等次、组别或两者，如先进·乡镇。"""
    if not about:
        raise ReferenceProblem("“{名单}”要写明哪一档，如{名单：先进}")
    return listed(_within(grounds, about, "名单"))


def _within(grounds: Grounds, about: str, name: str) -> Iterator[str]:
    standing = grounds.standing_for(name)
    places = list(standing.places())
    wanted = [part for part in re.split(r"[·,，]", about) if part]
    known = {group for tier in standing.tiers for group, _ in tier.groups}
    known |= {tier.name for tier in standing.tiers}
    if unknown := [word for word in wanted if word not in known]:
        have = "、".join(tier.name for tier in standing.tiers)
        raise ReferenceProblem(
            f"“{{{name}：{about}}}”中的“{unknown[0]}”既不是等次也不是组别，现有等次：{have}"
        )
    return (unit for tier, group, unit in places if all(w in (tier, group) for w in wanted))


def _sentence(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """各档个数和名单：先进单位2个：甲镇、乙局；达标单位……"""
    return "；".join(
        f"{tier.name}{grounds.label}{len(tier.names)}个：{listed(tier.names)}"
        for tier in grounds.standing_for("分档名单").tiers
        if tier.names
    )


def _counts(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """各档个数，不列名单：先进单位16个、达标单位27个。"""
    return listed(
        f"{tier.name}{grounds.label}{len(tier.names)}个"
        for tier in grounds.standing_for("分档个数").tiers
        if tier.names
    )


def _groups(grounds: Grounds, about: str) -> str:
    """各组个数，可写等次：乡镇14个、园区4个、部门25个。"""
    found: dict[str, int] = {}
    wanted = set(_within(grounds, about, "分组个数"))
    for _, group, unit in grounds.standing.places():
        found[group] = found.get(group, 0) + (unit in wanted)
    return listed(f"{group}{count}个" for group, count in found.items() if count)


def _lines(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """办法规定的各档条件：80分以上（含）为先进单位，……"""
    scheme = grounds.scheme_for("等次线")
    return "，".join(
        f"{tier_words(scheme, tier)}为{tier.name}{grounds.label}" for tier in scheme.tiers
    )


def _excluded(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """按办法不参加分档的单位。"""
    return listed(each.name for each in grounds.scheme_for("不参评单位").excluded)


def _gates(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """触发否决和门槛情形的单位个数，不点名：“重大失实不得先进”1个。"""
    scheme = grounds.scheme_for("否决情形")
    counts = {gate.name: len(_gated(grounds, gate.name)) for gate in scheme.gates}
    return listed(f"“{name}”{count}个" for name, count in counts.items() if count)


def _gated_units(grounds: Grounds, about: str) -> str:
    """触发某一情形的单位名单，写情形的名称。"""
    if about not in {gate.name for gate in grounds.scheme_for("否决单位").gates}:
        raise ReferenceProblem(f"“{{否决单位：{about}}}”：办法里没有这个否决或门槛情形")
    return listed(_gated(grounds, about))


def _gated(grounds: Grounds, name: str) -> list[str]:
    result = grounds.result_for("否决单位")
    at = [gate.name for gate in result.scheme.gates].index(name)
    return [unit for unit, marks in result.year.items() if marks.get(f"gate:{at}") == 1]


def _followed(grounds: Grounds, about: str) -> str:
    """按办法适用某一项结果运用的单位名单，写这一项的名称；只列单位，不涉及个人。"""
    result = grounds.result_for("运用名单")
    named = [each for each in consequences(result) if isinstance(each, Listed)]
    for each in named:
        if each.name == about:
            return listed(each.units)
    known = listed(each.name for each in named) or "无"
    raise ReferenceProblem(f"“{{运用名单：{about}}}”：办法里没有这一项，现有：{known}")


def _name(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """这次评估的名称：年终评估、半年评估。"""
    if grounds.context.name:
        return grounds.context.name
    result = grounds.result_for("评估名称")
    held = [each.name for each in result.scheme.rounds if result.rounds.get(each.code)]
    return held[0] if len(held) == 1 else "年度评估"


TIERS = (
    Known("单位数", _count, "{单位数：先进·乡镇}", "place"),
    Known("名单", _list, "{名单：先进}", "place"),
    Known("分档名单", _sentence, "{分档名单}"),
    Known("分档个数", _counts, "{分档个数}"),
    Known("分组个数", _groups, "{分组个数：先进}", "tier"),
    Known("等次线", _lines, "{等次线}"),
    Known("不参评单位", _excluded, "{不参评单位}"),
    Known("否决情形", _gates, "{否决情形}"),
    Known("否决单位", _gated_units, "{否决单位：重大失实不得先进}", "gate"),
    Known("运用名单", _followed, "{运用名单：基层单位评优资格}", "ruling"),
    Known("评估名称", _name, "{评估名称}"),
)
