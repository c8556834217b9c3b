"""In which order do the gaps of a part stand on the page, and which are shown at once?"""

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.schemes.slots import Frame, Gap, is_used, is_wrong

FIRST = ("编码", "名称", "分值")
RULE = "规则"
EVENTS = "事项表"
NAMED: Mapping[str, tuple[str, ...]] = {
    "谁认定、依据什么": ("评分单位", "依据", "说明"),
    "佐证和负担": ("佐证", "每次分钟", "每年次数", "责任类别"),
}
REST = "上下限、适用对象、另行规则"


@dataclass(frozen=True)
class Block:
    """Gaps that stand together; without a title they are always shown."""

    title: str
    gaps: tuple[Gap, ...]
    rule: Frame | None = None

    @property
    def is_open(self) -> bool:
        """Whether something in it has to be looked at."""
        return any(map(is_wrong, self.gaps))

    @property
    def used(self) -> int:
        """In how many of its gaps something is written."""
        return sum(map(is_used, self.gaps))


def blocks(frame: Frame) -> list[Block]:
    """The gaps of a part; an indicator has its own order."""
    if "编码" not in frame.fields or "分值" not in frame.fields:
        return [Block("", tuple(frame.fields.values()))]
    left = dict(frame.fields)
    found = [Block("", tuple(left.pop(title) for title in FIRST))]
    rule = left.pop(RULE, None)
    if isinstance(rule, Frame):
        core = ("计量", "计分")
        aside = tuple(gap for title, gap in rule.fields.items() if title not in core)
        found.append(Block("", aside, rule))
    if events := left.pop(EVENTS, None):
        found.append(Block(EVENTS, (events,)))
    for title, names in NAMED.items():
        if gaps := tuple(left.pop(name) for name in names if name in left):
            found.append(Block(title, gaps))
    return [*found, Block(REST, tuple(left.values()))]
