"""What do the rules themselves say: title, year, categories, what they ask of units?"""

from jixiao.bulletins.known import Grounds, Known, NoAnswerError, ReferenceProblem, listed
from jixiao.gongwen.composition import chinese_date
from jixiao.schemes.burden import burden
from jixiao.scoring.numbers import number_text
from jixiao.scoring.scheme import Period, leaves, walk


def _title(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """办法的名称。"""
    return grounds.scheme_for("办法").title


def _document(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """办法的文号。"""
    return grounds.scheme_for("办法文号").document


def _year(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """考核年度：2026。"""
    return str(_period(grounds, "年度").end.year)


def _next_year(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """下一年度：2027，用来写下一步要求。"""
    return str(_period(grounds, "下一年度").end.year + 1)


def _period_words(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """考核期起止：2026年1月1日至2026年12月31日。"""
    period = _period(grounds, "考核期")
    return f"{chinese_date(period.start)}至{chinese_date(period.end)}"


def _period(grounds: Grounds, name: str) -> Period:
    period = grounds.scheme_for(name).period
    if period is None:
        raise NoAnswerError(f"“{{{name}}}”：办法没有写考核期")
    return period


def _categories(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """指标大类的名称：健全组织、内部绩效……"""
    return listed(item.name for item in grounds.scheme_for("指标类别").items)


def _category_count(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """指标大类有几类。"""
    return str(len(grounds.scheme_for("类别数").items))


def _item_count(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """评估项目有几项，不含加扣分。"""
    return str(len(list(leaves(grounds.scheme_for("项目数").items))))


def _full(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """办法的满分。"""
    return number_text(grounds.scheme_for("满分").full)


def _subject(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """专题通报讲的是哪一项：项目、类别或问题归类的名称。"""
    if not grounds.subject:
        raise ReferenceProblem("“{主题}”要在模板的“主题”里写明项目、类别或问题归类")
    nodes = walk(grounds.result.scheme.items) if grounds.result else iter(())
    return next((item.name for item in nodes if item.code == grounds.subject), grounds.subject)


def _hours(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """按办法测算，一个单位一年报数、备材料要几小时。"""
    return burden(grounds.scheme_for("负担小时")).hours


def _load_change(grounds: Grounds, about: str) -> str:  # noqa: ARG001
    """按办法测算的报数、备材料时间的变化：比上年减少12%或与上年持平。"""
    before = grounds.before_for("负担变化").result
    if before is None:
        raise NoAnswerError("“{负担变化}”要有上年的办法，现在只有上年等次")
    change = burden(grounds.scheme_for("负担变化")).change_from(burden(before.scheme))
    if change is None:
        return ""
    return f"比上年{'增加' if change > 0 else '减少'}{abs(change)}%" if change else "与上年持平"


SCHEME = (
    Known("办法", _title, "《{办法}》"),
    Known("办法文号", _document, "{办法文号}"),
    Known("年度", _year, "{年度}年度"),
    Known("下一年度", _next_year, "{下一年度}年"),
    Known("考核期", _period_words, "{考核期}"),
    Known("指标类别", _categories, "{指标类别}"),
    Known("类别数", _category_count, "{类别数}类"),
    Known("项目数", _item_count, "{项目数}项"),
    Known("满分", _full, "{满分}分"),
    Known("主题", _subject, "{主题}"),
    Known("负担小时", _hours, "{负担小时}小时"),
    Known("负担变化", _load_change, "{负担变化}"),
)
