"""Which way through the loop may this person take? The left navigation, in the order of the year."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission


@dataclass(frozen=True)
class Entry:
    """One line of the navigation as it is drawn."""

    label: str
    icon: str
    url: str
    active: bool
    count: int = 0


@dataclass(frozen=True)
class Stop:
    """One line of the navigation as it is declared; ``under`` is where more of its pages live."""

    label: str
    icon: str
    route: str
    permission: Permission
    under: tuple[str, ...] = ()


WAY: tuple[tuple[Stop, ...], ...] = (
    (Stop("首页", "home", "home", Permission.HOME),),
    (
        Stop("周期", "timeline", "cycle", Permission.HOME),
        Stop("办法", "gavel", "schemes", Permission.SCHEMES_SEE),
    ),
    (
        Stop(
            "现场评估",
            "map-pin",
            "rounds",
            Permission.VISITS_SEE,
            under=("/visits/", "/adjustments/"),
        ),
        Stop("报数", "table", "data_items", Permission.DATA_PROVIDE),
        Stop("整改", "tool", "cases", Permission.RECTIFICATION_SEE),
        Stop("评议", "users-group", "polls", Permission.RATINGS_SEE),
        Stop("加扣分", "adjustments", "matters", Permission.EVENTS_SEE),
        Stop("内部绩效", "clipboard-check", "quarters", Permission.APPRAISALS_SEE),
    ),
    (
        Stop("得分等次", "list-numbers", "results", Permission.TIERS_SEE),
        Stop("通报", "speakerphone", "bulletins", Permission.BULLETINS_SEE),
        Stop("结果运用", "award", "consequences", Permission.CONSEQUENCES_SEE),
        Stop("个人考核", "certificate", "grades", Permission.GRADES_OWN),
    ),
    (
        Stop("通知", "bell", "notices", Permission.NOTICES_SEE),
        Stop("意见建议", "message", "opinions", Permission.OPINIONS_WRITE),
    ),
    (
        Stop("机构人员", "sitemap", "units", Permission.UNITS_SEE),
        Stop("账号", "users", "accounts", Permission.ACCOUNTS_EDIT),
        Stop("角色", "shield", "grants", Permission.GRANTS_EDIT),
        Stop("审计", "fingerprint", "audit_entries", Permission.AUDIT_SEE),
        Stop("帮助", "help-circle", "help", Permission.HOME),
    ),
)


def navigation(actor: Actor, path: str, *, counts: Mapping[str, int]) -> list[list[Entry]]:
    """The groups with what this person may open; the entry whose address leads here is active."""
    groups = [
        [
            _entry(stop, path, counts.get(stop.route, 0))
            for stop in group
            if actor.may(stop.permission)
        ]
        for group in WAY
    ]
    return [group for group in groups if group]


def _entry(stop: Stop, path: str, count: int) -> Entry:
    url = reverse(stop.route)
    active = path == url if url == "/" else path.startswith((url, *stop.under))
    return Entry(stop.label, stop.icon, url, active, count)
