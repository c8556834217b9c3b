"""Which figures and unit lists may a bulletin's text refer to?"""

from collections.abc import Mapping

from jixiao.bulletins.known import Known
from jixiao.bulletins.references.findings import FINDINGS
from jixiao.bulletins.references.marks import MARKS
from jixiao.bulletins.references.movement import MOVEMENT
from jixiao.bulletins.references.process import PROCESS
from jixiao.bulletins.references.scheme import SCHEME
from jixiao.bulletins.references.tiers import TIERS

SECTIONS: Mapping[str, tuple[Known, ...]] = {
    "分档和名单": TIERS,
    "办法": SCHEME,
    "得分": MARKS,
    "与上年相比": MOVEMENT,
    "评估过程": PROCESS,
    "问题和整改": FINDINGS,
}
"""Every reference, as the composer and the guide show them."""
REFERENCES: Mapping[str, Known] = {
    each.name: each for section in SECTIONS.values() for each in section
}
