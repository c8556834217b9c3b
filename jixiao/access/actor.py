"""Who is acting, for whom, from where, and how far does that reach?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from jixiao.access.permissions import EVERYWHERE, ROLES, SIGNED_IN, Extent, Permission, Role, Sphere
from jixiao.core.errors import RefusedError


@dataclass(frozen=True)
class Place:
    """Where a thing belongs: its unit and the units above it, their group, its item of a scheme."""

    units: tuple[int, ...] = ()
    group: str = ""
    item: str = ""


@runtime_checkable
class Placed(Protocol):
    """A row that belongs somewhere."""

    def place(self) -> Place:
        """The place whose people may deal with this row."""
        ...


@dataclass(frozen=True)
class Held:
    """A role that somebody holds now, and where: a unit's number, a group's or an item's name."""

    role: Role
    key: str = ""

    def reaches(self, place: Place) -> bool:
        """Whether ``place`` lies within this role's extent."""
        match ROLES[self.role].extent:
            case Extent.COUNTY:
                return True
            case Extent.UNIT:
                return self.key in map(str, place.units)
            case Extent.GROUP:
                return bool(self.key) and self.key == place.group
            case Extent.ITEM:
                return bool(self.key) and self.key == place.item


class DeniedError(RefusedError):
    """This person may not do this here."""


@dataclass(frozen=True)
class Actor:
    """A person at work: the account, the roles held now, the person stood in for, the origin."""

    name: str
    account_id: int | None = None
    held: tuple[Held, ...] = ()
    acting_for: str = ""
    origin: str = ""
    once: str | None = None
    """The one-time number of the form that was sent."""
    terminal: bool = False
    """Somebody at the server's own command line, who holds the files anyway."""
    only: frozenset[Permission] | None = None
    """A program with a token: no more than these of what its owner may do."""

    def may(self, permission: Permission, place: Place | None = None) -> bool:
        """Whether some role allows it there; without a place, whether it is allowed anywhere."""
        if self.terminal:
            return True
        if self.only is not None and permission not in self.only:
            return False
        if permission in SIGNED_IN and self.account_id is not None:
            return True
        roles = [each for each in self.held if permission in ROLES[each.role].permissions]
        if place is None or permission in EVERYWHERE:
            return bool(roles)
        return any(each.reaches(place) for each in roles)

    def require(self, permission: Permission, place: Place | None) -> None:
        """DeniedError, with what is missing, unless it is allowed there (None: anywhere)."""
        if not self.may(permission, place):
            raise DeniedError(f"您没有“{permission.label}”的权限，或这里不在您的职责范围内")

    def signature(self) -> int:
        """The account that stands under what was done; nobody signs at the terminal."""
        if self.account_id is None:
            raise RefusedError("这一步要有人署名，请登录后办理")
        return self.account_id

    def units(self) -> tuple[int, ...]:
        """The units in which some role is held."""
        return tuple(int(each.key) for each in self.held if ROLES[each.role].extent == Extent.UNIT)

    def has_role(self, *roles: Role) -> bool:
        """Whether one of these roles is held."""
        return any(each.role in roles for each in self.held)

    @property
    def sphere(self) -> Sphere:
        """Business, or one of the three administrations."""
        return ROLES[self.held[0].role].sphere if self.held else Sphere.BUSINESS


def place_of(thing: object) -> Place:
    """The place of a row; what belongs nowhere in particular belongs to the county."""
    return thing.place() if isinstance(thing, Placed) else Place()


def spheres(roles: Sequence[Role]) -> set[Sphere]:
    """The spheres that these roles belong to; more than one is forbidden."""
    return {ROLES[role].sphere for role in roles}
