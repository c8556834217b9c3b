"""Which bulletins were issued to this reader, and what do they say?"""

from functools import partial

from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api.reads.shared import found, reads
from jixiao.api.schemas import bulletins as told
from jixiao.bulletins.queries import issued as of_bulletins

_of_bulletins = partial(reads, room="通报")


@_of_bulletins("/bulletins", Permission.BULLETINS_SEE, gives=list[told.BulletinOut])
def bulletins(request: Request) -> object:
    """印发的通报。公布范围内的，包括后来被取代、撤销的。"""
    return of_bulletins.issued(request.actor)


@_of_bulletins("/bulletins/{int:pk}", Permission.BULLETINS_SEE, gives=told.BulletinCardOut)
def bulletin(request: Request, pk: int) -> object:
    """一份印发的通报。"""
    row = found(of_bulletins.issued_bulletin(pk, request.actor))
    text = of_bulletins.text_of_issued(row).splitlines()
    return {"bulletin": row, "text": text, "files": of_bulletins.files_of(row)}
