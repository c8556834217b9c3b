"""What must somebody know who opens the platform for the first time?"""

from jixiao.access.permissions import ROLES, SIGNED_IN, Extent, Permission, Role
from jixiao.periods.states import StageKind

LOOP: tuple[tuple[StageKind, str], ...] = (
    (StageKind.SCHEME, "年初定规则：评什么、满分多少、怎么扣、依据哪一条。发布后冻结，修订要有文号和生效日期，不溯及既往。"),
    (StageKind.TARGET, "单位报目标，县里核定。要调整，期限前申请，全部留痕。"),
    (StageKind.EVIDENCE, "一个数只报一次，已有的不再要。只靠照片、文件、会议记录的项目会被提醒。"),
    (StageKind.VISIT, "评估员到现场听、看、查；扣分要写理由，当面反馈，双方确认，也可以写不同意见。"),
    (StageKind.JUDGING, "按办法计分，封存，任何人重算都得同样的分。录入和公布由两个人办理。"),
    (StageKind.REVIEW, "单位看到成绩单，每一分都能看到规则、数据和算法；有异议可以申请复核，不因此加重扣分。"),
    (StageKind.BULLETIN, "等次公布，分数不公开；问题整改，结果运用，全部归档，研判后改下一年的办法。"),
)  # fmt: skip
"""The seven steps in a sentence each."""

KEYS: tuple[tuple[str, str], ...] = (
    ("/", "到搜索框"),
    ("J　K", "下一个、上一个得分"),
    ("Enter", "看这个得分是怎么来的"),
    ("Esc", "关上右边的说明或打开的菜单"),
    ("Tab", "逐个走到链接、按钮和输入框"),
)
"""What the keyboard does."""


def roles() -> list[tuple[Role, Extent, list[Permission]]]:
    """Every role, how far it reaches, and what it may do beyond what everybody may."""
    return [
        (
            role,
            rule.extent,
            [each for each in Permission if each in rule.permissions and each not in SIGNED_IN],
        )
        for role, rule in ROLES.items()
    ]
