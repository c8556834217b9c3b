"""Which way through the loop may this person take? The left navigation, in the order of the year."""

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
    """One line of the navigation as it is declared."""

    label: str
    icon: str
    route: str
    permission: Permission


WAY: tuple[tuple[Stop, ...], ...] = (
    (Stop("首页", "home", "home", Permission.HOME),),
    (Stop("机构人员", "users-group", "units", Permission.UNITS_SEE),),
)


def navigation(actor: Actor, path: str) -> list[list[Entry]]:
    """The groups with what this person may open; the entry whose address leads here is active."""
    groups = [[_entry(stop, path) for stop in group if actor.may(stop.permission)] for group in WAY]
    return [group for group in groups if group]


def _entry(stop: Stop, path: str) -> Entry:
    url = reverse(stop.route)
    active = path == url if url == "/" else path.startswith(url)
    return Entry(stop.label, stop.icon, url, active)
