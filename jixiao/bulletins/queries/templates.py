"""Which templates has the office, and what does one give with a run?"""

from django.db.models import QuerySet
from django.utils import timezone

from jixiao.bulletins.draft import Block, Draft
from jixiao.bulletins.facts import Piece
from jixiao.bulletins.models import BulletinTemplate
from jixiao.bulletins.offers import Offer, offers_by_section
from jixiao.bulletins.queries.drafts import known_around, runs_to_speak_of
from jixiao.results.models import SealedResult
from jixiao.results.queries import latest_result

TemplateRow = BulletinTemplate
"""What the pages get."""


def templates() -> QuerySet[BulletinTemplate]:
    """The templates in use."""
    return BulletinTemplate.objects.filter(is_retired=False).select_related("written_by")


def template(pk: int) -> BulletinTemplate | None:
    """One template."""
    return templates().filter(pk=pk).first()


def tried(row: BulletinTemplate, result: SealedResult | None) -> Draft | None:
    """What the template gives, tiers only, with a run; with the result in force where none is chosen."""
    chosen = result or latest_result()
    if chosen is None:
        return None
    text = row.text.unnumbered(timezone.localdate()).model_copy(update={"shows_marks": False})
    return Draft(known_around(chosen, row.kind), text)


def run_asked(number: str) -> SealedResult | None:
    """The run that the address names."""
    return runs_to_speak_of().filter(pk=int(number)).first() if number.isdecimal() else None


def offers_of(row: BulletinTemplate) -> dict[str, list[Offer]]:
    """The references that can be put in, with what the result in force gives."""
    draft = tried(row, None)
    return offers_by_section(draft.facts) if draft else {}


def unanswered_blocks(row: BulletinTemplate) -> list[Block]:
    """The paragraphs as written, where no result answers their references yet."""
    return [
        Block(place, each, (Piece(each.heading, each.heading),), (Piece(each.text, each.text),))
        for place, each in enumerate(row.text.body)
    ]
