"""What follows from the approved results, for whom, and why? Never what was decided about a person."""

from functools import partial

from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api.reads.shared import found, reads
from jixiao.api.schemas import consequences as told
from jixiao.consequences.queries import lists

_of_lists = partial(reads, room="结果运用")


@_of_lists("/consequences", Permission.CONSEQUENCES_SEE, gives=list[told.ListingOut])
def consequences(request: Request) -> object:
    """结果运用名单。有效的和被取代的，连同条件和依据；不含涉及个人的决定。"""
    return lists.listings()


@_of_lists("/consequences/{int:pk}/units", Permission.CONSEQUENCES_SEE, gives=list[told.ListedOut])
def listing_entries(request: Request, pk: int) -> object:
    """一份名单上的单位。理由、比例和名额。"""
    row = found(lists.listing(pk))
    request.actor.require(Permission.CONSEQUENCES_SEE, lists.COUNTY)
    return lists.entries(row)


@_of_lists("/units/{int:pk}/consequences", Permission.CONSEQUENCES_SEE, gives=list[told.ListedOut])
def consequences_of_unit(request: Request, pk: int) -> object:
    """一个单位适用什么、为什么。"""
    row = found(lists.unit(pk))
    request.actor.require(Permission.CONSEQUENCES_SEE, row.place())
    return lists.own_consequences(row).entries
