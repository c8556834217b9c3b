"""Which sheets and columns does the workbook of units and people have, and what may stand in them?"""

from dataclasses import dataclass
from enum import Enum

from jixiao.org.states import ConditionKind, DutyRole, Kind, Rank, State, Use


class Sort(Enum):
    """How a cell is read."""

    TEXT = "文字"
    NAME = "名称"
    """Text without white space: 中　行 is 中行."""
    UNIT = "单位"
    PERSON = "人员"
    DATE = "日期"
    NUMBER = "整数"
    CHOICE = "选项"


@dataclass(frozen=True)
class Column:
    """One column: its header, how it is read, whether it must be filled in, what its note says."""

    header: str
    sort: Sort = Sort.TEXT
    must: bool = False
    note: str = ""
    choices: tuple[str, ...] = ()
    longest: int = 60
    width: int = 14
    spare: bool = False
    """A table without this column still says what is needed."""


@dataclass(frozen=True)
class Plan:
    """One sheet. The columns of ``key`` tell its lines apart; ``end`` closes a line."""

    name: str
    hint: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    said: tuple[str, ...]
    """What people call a line."""
    end: str = ""
    helping: tuple[str, ...] = ()
    """Columns that only help to read the sheet or to find the line."""

    @property
    def told(self) -> tuple[Column, ...]:
        """The columns whose values count."""
        return tuple(each for each in self.columns if each.header not in self.helping)


def labels(choices: type[Kind | Rank | DutyRole | ConditionKind | Use | State]) -> tuple[str, ...]:
    """The Chinese words of a list of choices."""
    return tuple(str(each.label) for each in choices)


YES, NO = "是", "否"
SEPARATOR = "／"
UNITS, ALIASES, PEOPLE, POSTS, DUTIES, CONDITIONS = (
    "单位", "别名", "人员", "任职", "分工", "办公条件",
)  # fmt: skip
NUMBER, NAME, KIND, GROUP, PARENT, ORDER, FOUNDED = (
    "编号", "名称", "类别", "比较组", "上级", "次序", "设立日期",
)  # fmt: skip
UNIT, ALIAS, SINCE, UNTIL = "单位", "别名", "起", "止"
CODE, PERSON_NAME, RANK, LEFT = "人员编号", "姓名", "职级", "离开日期"
TITLE, FULL_TIME, ROLE, DOCUMENT = "职务", "专职", "分工", "依据"
WHAT, QUANTITY, USE, STATE, SEEN, NOTE = "种类", "数量", "使用", "状况", "核对日期", "说明"

WHICH_UNIT = f"单位的名称或别名。内设机构、下属单位和村写成“上级{SEPARATOR}名称”，全县只有一个这样叫的可以只写名称。"
WHICH_PERSON = "“人员”表里的编号。只填姓名也可以，但同名的必须填编号。"
OPEN_END = "还在任的空着；结束的填最后一天。行不要删，删了不等于结束。"


def _unit(width: int = 24) -> Column:
    return Column(UNIT, Sort.UNIT, must=True, note=WHICH_UNIT, longest=200, width=width)


def _days(*, must: bool = True, note: str = OPEN_END) -> tuple[Column, Column]:
    return (
        Column(SINCE, Sort.DATE, must=must, note="第一天，如2026-03-01。不能晚于今天。"),
        Column(UNTIL, Sort.DATE, note=note),
    )


_PERSON = (
    Column(CODE, Sort.PERSON, note=WHICH_PERSON, longest=30, width=12, spare=True),
    Column(PERSON_NAME, Sort.NAME, note="与编号核对用。", longest=40, width=10, spare=True),
)
_FULL_TIME = Column(FULL_TIME, Sort.CHOICE, must=True, choices=(YES, NO), width=8)

PLANS = (
    Plan(
        UNITS,
        "一个单位一行。改名、换上级、换组改在原来那一行；撤销、合并、分设请在平台“机构变动”办理。",
        (
            Column(
                NUMBER,
                Sort.NUMBER,
                note="平台给的编号，不要改。新设立的单位空着。",
                width=8,
                spare=True,
            ),
            Column(NAME, Sort.NAME, must=True, note="全称或通用简称，与办法里的一致。", width=24),
            Column(KIND, Sort.CHOICE, must=True, choices=labels(Kind), width=12),
            Column(
                GROUP, note="与谁比较，如乡镇、园区、部门；不参评的和乡科级以下的空着。", longest=30
            ),
            Column(PARENT, Sort.UNIT, note=f"乡科级单位空着。{WHICH_UNIT}", longest=200, width=24),
            Column(
                ORDER,
                Sort.NUMBER,
                note="名单里的先后，从小到大。空着的排在最后。",
                width=8,
                spare=True,
            ),
            Column(
                FOUNDED,
                Sort.DATE,
                note="新单位必须填；已有单位不能改。",
                spare=True,
            ),
        ),
        key=(UNIT,),
        said=(UNIT,),
        helping=(NUMBER,),
    ),
    Plan(
        ALIASES,
        "表格和文字里还会怎么称呼这个单位。写了别名，填表时就认得。",
        (
            _unit(),
            Column(ALIAS, Sort.NAME, must=True, width=24),
            *_days(must=False, note="不再使用的填最后一天。"),
        ),
        key=(UNIT, ALIAS),
        said=(UNIT, ALIAS),
        end=UNTIL,
    ),
    Plan(
        PEOPLE,
        "一个人一行。编号用来区分同名的人，由绩效办编，不要用身份证号。",
        (
            Column(CODE, Sort.NAME, must=True, longest=30, width=12),
            Column(PERSON_NAME, Sort.NAME, must=True, longest=40, width=12),
            Column(RANK, Sort.CHOICE, must=True, choices=labels(Rank), width=14),
            Column(LEFT, Sort.DATE, note="调出本县、退休的填最后一天，任职和分工也要填止日。"),
        ),
        key=(CODE,),
        said=(PERSON_NAME, CODE),
        end=LEFT,
    ),
    Plan(
        POSTS,
        "一个职务一行，一个人可以有几行。",
        (
            *_PERSON,
            _unit(),
            Column(TITLE, must=True, longest=40, width=16),
            _FULL_TIME,
            *_days(),
        ),
        key=(CODE, UNIT, TITLE, SINCE),
        said=(PERSON_NAME, UNIT, TITLE),
        end=UNTIL,
        helping=(PERSON_NAME,),
    ),
    Plan(
        DUTIES,
        "领导小组、分管人、联络员。组长、分管人、联络员同一时间只能各有一人；换人时给原来的填止日，再加一行。",
        (
            _unit(),
            Column(ROLE, Sort.CHOICE, must=True, choices=labels(DutyRole), width=16),
            *_PERSON,
            _FULL_TIME,
            *_days(),
            Column(
                DOCUMENT, note="确定分工的文件文号，没有的空着。", longest=80, width=22, spare=True
            ),
        ),
        key=(UNIT, ROLE, CODE, SINCE),
        said=(UNIT, ROLE, PERSON_NAME),
        end=UNTIL,
        helping=(PERSON_NAME,),
    ),
    Plan(
        CONDITIONS,
        "每个单位每种一行，以最近一次核对为准。",
        (
            _unit(),
            Column(WHAT, Sort.CHOICE, must=True, choices=labels(ConditionKind), width=12),
            Column(QUANTITY, Sort.NUMBER, must=True, width=8),
            Column(USE, Sort.CHOICE, must=True, choices=labels(Use), width=8),
            Column(STATE, Sort.CHOICE, must=True, choices=labels(State), width=8),
            Column(SEEN, Sort.DATE, must=True),
            Column(NOTE, longest=200, width=30, spare=True),
        ),
        key=(UNIT, WHAT),
        said=(UNIT, WHAT),
    ),
)
BY_NAME = {plan.name: plan for plan in PLANS}
ORIGIN = "平台状态"
"""A hidden sheet that says of which state of the county the workbook was written."""
