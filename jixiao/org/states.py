"""Which kinds of units, ranks, duties and conditions are there, and what belongs to what?"""

from datetime import date

from django.db.models import TextChoices

EARLIEST = date(1949, 10, 1)
"""Days before are slips of the pen."""


class Kind(TextChoices):
    """Kinds of units (glossary: 乡科级单位 and what belongs to them)."""

    TOWNSHIP = "township", "乡镇"
    ZONE = "zone", "园区"
    DEPARTMENT = "department", "县直部门"
    STATIONED = "stationed", "驻县单位"
    SECTION = "section", "内设机构"
    SUBORDINATE = "subordinate", "下属单位"
    VILLAGE = "village", "村（社区）"


ASSESSED = (Kind.TOWNSHIP, Kind.ZONE, Kind.DEPARTMENT, Kind.STATIONED)
"""Units at 乡科级, which the county itself assesses; the others belong to one of them."""

ABOVE: dict[str, tuple[Kind, ...]] = {
    Kind.SECTION: (*ASSESSED, Kind.SUBORDINATE),
    Kind.SUBORDINATE: (*ASSESSED, Kind.SUBORDINATE),
    Kind.VILLAGE: (Kind.TOWNSHIP, Kind.ZONE),
}
"""To what a unit below 乡科级 may belong."""


class Manner(TextChoices):
    """In which way units became other units."""

    MERGER = "merger", "合并"
    SPLIT = "split", "分设"
    CLOSURE = "closure", "撤销"


class Rank(TextChoices):
    """Ranks that matter here (the source names 副科级以上干部)."""

    COUNTY = "county", "县处级"
    SECTION_HEAD = "section_head", "正科级"
    SECTION_DEPUTY = "section_deputy", "副科级"
    STAFF = "staff", "科员及以下"


LEADING_RANKS = (Rank.COUNTY, Rank.SECTION_HEAD, Rank.SECTION_DEPUTY)
"""副科级以上."""


class DutyRole(TextChoices):
    """What the person does for performance work."""

    HEAD = "head", "领导小组组长"
    DEPUTY = "deputy", "领导小组副组长"
    MEMBER = "member", "领导小组成员"
    LEAD = "lead", "分管人"
    LIAISON = "liaison", "联络员"


SINGLE = (DutyRole.HEAD, DutyRole.LEAD, DutyRole.LIAISON)
"""Held by one person of a unit at a time; without them a unit cannot do its work."""


class ConditionKind(TextChoices):
    """What performance work needs in a unit."""

    OFFICE = "office", "办公室"
    SIGNBOARD = "signboard", "牌子"
    NOTICE_BOARD = "notice_board", "公示版面"
    COMPUTER = "computer", "电脑"
    CABINET = "cabinet", "橱柜"


class Use(TextChoices):
    """Whose it is."""

    OWN = "own", "专用"
    SHARED = "shared", "合用"


class State(TextChoices):
    """How it is kept."""

    GOOD = "good", "完好"
    WORN = "worn", "破损"
    LACKING = "lacking", "没有"


class ImportState(TextChoices):
    """What became of a workbook that was handed in."""

    WAITING = "waiting", "待确认"
    APPLIED = "applied", "已导入"
    DROPPED = "dropped", "已放弃"
