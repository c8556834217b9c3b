"""How was it assessed, what was objected to, and who reported in time?"""

from collections.abc import Callable, Iterable, Sequence

from jixiao.bulletins.context import Held, Objection, Reports
from jixiao.bulletins.known import Grounds, Known, NoAnswerError, ReferenceProblem, listed
from jixiao.gongwen.composition import chinese_date

METHODS = ("听汇报", "看现场", "查资料")


def _rounds(grounds: Grounds, name: str, about: str = "") -> tuple[Held, ...]:
    held = grounds.context.rounds
    if not held:
        raise NoAnswerError(f"“{{{name}}}”要有平台里的评估轮次，现在没有")
    found = tuple(each for each in held if about in ("", each.code, each.name))
    if not found:
        known = listed(each.name for each in held)
        raise ReferenceProblem(f"“{{{name}：{about}}}”：没有这一轮，现有：{known}")
    return found


def _round_names(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """开展了哪几轮评估，平台里的带日期：半年评估（2026年7月6日至7月17日）、全年评估（……）。"""
    if grounds.context.rounds:
        return listed(f"{each.name}（{_span([each])}）" for each in grounds.context.rounds)
    result = grounds.result_for("评估轮次")
    return listed(each.name for each in result.scheme.rounds if result.rounds.get(each.code))


def _round_count(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """开展了几轮评估。"""
    if grounds.context.rounds:
        return str(len(grounds.context.rounds))
    result = grounds.result_for("评估轮数")
    return str(sum(bool(result.rounds.get(each.code)) for each in result.scheme.rounds) or 1)


def _days(grounds: Grounds, about: str) -> str:
    """评估的起止日期，可写轮次：2026年7月6日至7月17日。"""
    return _span(_rounds(grounds, "评估时间", about))


def _span(found: Sequence[Held]) -> str:
    since, until = min(each.since for each in found), max(each.until for each in found)
    same = f"{until.month}月{until.day}日" if since.year == until.year else chinese_date(until)
    return chinese_date(since) if since == until else f"{chinese_date(since)}至{same}"


def _unit_count(grounds: Grounds, about: str) -> str:
    """评估组到过的单位个数，可写轮次。"""
    found = _rounds(grounds, "到场单位数", about)
    return str(len(frozenset[str]().union(*(each.units for each in found))))


def _visit_count(grounds: Grounds, about: str) -> str:
    """现场评估次数（到一个单位算一次），可写轮次。"""
    return str(sum(len(each.units) for each in _rounds(grounds, "现场评估次数", about)))


def _team_count(grounds: Grounds, about: str) -> str:
    """评估组个数，可写轮次；不写时取一轮中最多的。"""
    return str(max(each.teams for each in _rounds(grounds, "评估组数", about)))


def _assessor_count(grounds: Grounds, about: str) -> str:
    """评估员人数，同一个人只算一次，可写轮次。"""
    found = _rounds(grounds, "评估员数", about)
    return str(len(frozenset[str]().union(*(each.assessors for each in found))))


def _fed_back(grounds: Grounds, about: str) -> str:
    """当面反馈并由双方确认的单位个数，可写轮次。"""
    found = _rounds(grounds, "反馈单位数", about)
    return str(len(frozenset[str]().union(*(each.fed_back for each in found))))


def _methods(grounds: Grounds, about: str) -> str:
    """现场用了哪些方法：听汇报、看现场、查资料，可写轮次。"""
    used = frozenset[str]().union(*(each.methods for each in _rounds(grounds, "评估方法", about)))
    return listed(each for each in METHODS if each in used)


def _records(grounds: Grounds, about: str) -> str:
    """现场记录条数，可写轮次。"""
    return str(sum(each.records for each in _rounds(grounds, "记录条数", about)))


def _objections(grounds: Grounds, name: str) -> tuple[Objection, ...]:
    if grounds.context.reviews is None:
        raise NoAnswerError(f"“{{{name}}}”要有平台里的复核记录，现在没有")
    return grounds.context.reviews


def _objecting(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """申请复核的单位个数。"""
    found = _objections(grounds, "复核单位数")
    return str(len({each.unit for each in found if not each.is_appeal}))


def _counting(name: str, words: str, wanted: Callable[[Objection], bool]) -> Known:
    def answer(grounds: Grounds, about: str) -> str:  # noqa: ARG001
        return str(sum(map(wanted, _objections(grounds, name))))

    answer.__doc__ = words
    return Known(name, answer, f"{{{name}}}")


def _reports(grounds: Grounds, name: str) -> Reports:
    if grounds.context.reports is None:
        raise NoAnswerError(f"“{{{name}}}”要有平台里的季度报告，现在没有")
    return grounds.context.reports


def _quarter(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """哪个季度：2026年第三季度。"""
    return _reports(grounds, "季度").quarter


def _reporting(
    name: str, words: str, units: Callable[[Reports], Iterable[str]]
) -> tuple[Known, Known]:
    """A list of units of the quarter's reports, and their number."""

    def names(grounds: Grounds, about: str) -> str:  # noqa: ARG001
        return listed(units(_reports(grounds, name)))

    def count(grounds: Grounds, about: str) -> str:  # noqa: ARG001
        return str(len(list(units(_reports(grounds, f"{name}数")))))

    names.__doc__, count.__doc__ = f"{words}的单位名单。", f"{words}的单位个数。"
    return Known(name, names, f"{{{name}}}"), Known(f"{name}数", count, f"{{{name}数}}")


PROCESS = (
    Known("评估轮次", _round_names, "{评估轮次}"),
    Known("评估轮数", _round_count, "{评估轮数}"),
    Known("评估时间", _days, "{评估时间：全年评估}", "round"),
    Known("到场单位数", _unit_count, "{到场单位数}", "round"),
    Known("现场评估次数", _visit_count, "{现场评估次数}", "round"),
    Known("评估组数", _team_count, "{评估组数}", "round"),
    Known("评估员数", _assessor_count, "{评估员数}", "round"),
    Known("反馈单位数", _fed_back, "{反馈单位数}", "round"),
    Known("评估方法", _methods, "{评估方法}", "round"),
    Known("记录条数", _records, "{记录条数}", "round"),
    Known("复核单位数", _objecting, "{复核单位数}"),
    _counting("复核申请数", "复核申请件数。", lambda each: not each.is_appeal),
    _counting("复核办结数", "已作出决定的复核件数。", lambda e: e.is_decided and not e.is_appeal),
    _counting(
        "复核成立数", "全部或部分成立的复核件数。", lambda e: e.is_upheld and not e.is_appeal
    ),
    _counting("申诉数", "对复核决定不服的申诉件数。", lambda each: each.is_appeal),
    Known("季度", _quarter, "{季度}"),
    *_reporting("应报单位", "应报季度内部考评结果", lambda each: each.due),
    *_reporting("按时报送单位", "按时报送季度内部考评结果", lambda each: each.on_time),
    *_reporting("迟报单位", "迟报季度内部考评结果", lambda each: each.late),
    *_reporting("未报单位", "没有报送季度内部考评结果", lambda each: each.missing),
    *_reporting("矛盾单位", "季度报告与平台数据前后不一致", lambda each: each.contradictory),
)
