"""Which templates has the office, and what does one give with a run?"""

from django.db.models import QuerySet
from django.utils import timezone

from jixiao.appraisals.models import Quarter
from jixiao.bulletins.draft import Block, Draft
from jixiao.bulletins.facts import Piece
from jixiao.bulletins.models import BulletinTemplate, Ground
from jixiao.bulletins.offers import Offer, offers_by_section
from jixiao.bulletins.queries.grounds import fits, known_around, usual_ground

TemplateRow = BulletinTemplate
"""What the pages get."""


def templates() -> QuerySet[BulletinTemplate]:
    """The templates in use."""
    return BulletinTemplate.objects.filter(is_retired=False).select_related("written_by")


def template(pk: int) -> BulletinTemplate | None:
    """One template."""
    return templates().filter(pk=pk).first()


def tried(row: BulletinTemplate, ground: Ground | None) -> Draft | None:
    """What the template gives, tiers only, with a run or a quarter; with the usual one where none is chosen."""
    if ground is None or not fits(row.kind, is_quarter=isinstance(ground, Quarter)):
        ground = usual_ground(row.kind)
    if ground is None:
        return None
    text = row.text.unnumbered(timezone.localdate()).model_copy(update={"shows_marks": False})
    return Draft(known_around(ground), text)


def offers_of(row: BulletinTemplate) -> dict[str, list[Offer]]:
    """The references that can be put in, with what the usual ground gives."""
    draft = tried(row, None)
    return offers_by_section(draft.facts) if draft else {}


def unanswered_blocks(row: BulletinTemplate) -> list[Block]:
    """The paragraphs as written, where no result answers their references yet."""
    return [
        Block(place, each, (Piece(each.heading, each.heading),), (Piece(each.text, each.text),))
        for place, each in enumerate(row.text.body)
    ]
