"""What can a bulletin be about: a run, or a quarter's reports? And what is known around it?"""

import time
from functools import lru_cache

from django.db.models import QuerySet

from jixiao.appraisals.models import Quarter
from jixiao.bulletins.context import Context
from jixiao.bulletins.models import Bulletin, Ground
from jixiao.bulletins.queries.facts import context_of, context_of_quarter
from jixiao.bulletins.states import BulletinKind
from jixiao.core.errors import RefusedError
from jixiao.results.models import SealedResult
from jixiao.results.queries import latest_result
from jixiao.results.states import AFTER_APPROVAL, ResultState

STAYS, KEPT_IN_MIND = 60, 4
"""Seconds for which, and grounds of which, what is known around them is kept in mind."""
RUN, QUARTER = "r", "q"
"""How the two kinds of ground begin in a form and in an address."""
DIGITS = 10
"""No number in an address is this long."""
Choices = list[tuple[str, list[tuple[str, str]]]]


def runs_to_speak_of() -> QuerySet[SealedResult]:
    """Runs about which a bulletin can be written, the newest first."""
    found = SealedResult.objects.light()
    states = (ResultState.REVIEWED, ResultState.NOTIFIED, *AFTER_APPROVAL)
    return found.filter(state__in=states).order_by("-year", "-id")


def grounds(kind: str = "") -> Choices:
    """Everything a bulletin (of this kind) can be about, as options under their headings; two queries."""
    runs = [(f"{RUN}{each.pk}", run_words(each)) for each in runs_to_speak_of()]
    quarters = [(f"{QUARTER}{each.pk}", f"{each}内部绩效季报") for each in Quarter.objects.all()]
    both = [("得分结果", runs), ("季度（季度通报选这里）", quarters)]
    return [each for each in both if not kind or fits(kind, is_quarter=each[1] is quarters)]


def fits(kind: str, *, is_quarter: bool) -> bool:
    """A quarterly bulletin is about a quarter, every other about a run."""
    return is_quarter == (kind == BulletinKind.QUARTER)


def grounds_to_correct(row: Bulletin) -> Choices:
    """About what its correction can be: the same quarter, or a run of the same year."""
    if row.quarter is not None:
        return [("季度", [(f"{QUARTER}{row.quarter_id}", str(row.quarter))])]
    runs = runs_to_speak_of().filter(year=row.year)
    return [("得分结果", [(f"{RUN}{each.pk}", run_words(each)) for each in runs])]


def ground_asked(key: str) -> Ground | None:
    """The run or quarter that a form or an address names."""
    kind, number = key[:1], key[1:]
    if not number.isdecimal() or len(number) >= DIGITS or kind not in (RUN, QUARTER):
        return None
    if kind == QUARTER:
        return Quarter.objects.filter(pk=int(number)).first()
    return runs_to_speak_of().filter(pk=int(number)).first()


def ground_chosen(key: str) -> Ground:
    """What was chosen in a form; RefusedError where it is gone since."""
    found = ground_asked(key)
    if found is None:
        raise RefusedError("请重新选择依据", field="about_what")
    return found


def usual_ground(kind: str) -> Ground | None:
    """What a template of this kind is tried with: the last quarter, else the result in force."""
    return Quarter.objects.first() if kind == BulletinKind.QUARTER else latest_result()


def run_words(run: SealedResult) -> str:
    """A run as a choice: what it is of, its number, where it stands."""
    return f"{run}（第{run.pk}号，{run.get_state_display()}）"


def context_of_ground(ground: Ground) -> Context:
    """Everything a bulletin about it may refer to, as of now."""
    return context_of_quarter(ground) if isinstance(ground, Quarter) else context_of(ground)


def known_around(ground: Ground) -> Context:
    """The same, at most a minute old: a writer looks at it again and again."""
    is_quarter = isinstance(ground, Quarter)
    seal = "" if isinstance(ground, Quarter) else ground.seal
    return _known_around(ground.pk, seal, int(time.monotonic() // STAYS), is_quarter=is_quarter)


@lru_cache(maxsize=KEPT_IN_MIND)
def _known_around(pk: int, _seal: str, _minute: int, *, is_quarter: bool) -> Context:
    if is_quarter:
        return context_of_quarter(Quarter.objects.get(pk=pk))
    return context_of(SealedResult.objects.light().get(pk=pk))
