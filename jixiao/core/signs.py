"""How are small signs drawn, in templates and in table cells: icons, shapes, badges, bars, links?

A state is never told by colour alone: it has a shape, and words beside it.
"""

from decimal import Decimal
from typing import Literal

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jixiao.core.words import Number

State = Literal["done", "late", "risk", "deducted", "current", "open", "plain"]
"""● done · ■ late · ▲ at risk · ◆ deducted · ◉ current · ○ not started · no shape."""
Place = Literal["top", "middle", "bottom"]
SOON = 3
"""Working days from which a term is shown as near."""


def icon(name: str) -> SafeString:
    """One of the icons listed in `scripts/assets.py`; it stands beside a word and is not read out."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name
    )


def shape(state: State, label: str = "") -> SafeString:
    """The shape of a state; ``label`` is for the places where no words stand beside it."""
    if state == "plain":
        return SafeString()
    return format_html(
        '<svg class="shape {}" {}><use href="{}#{}"/></svg>',
        state, _spoken(label), static("core/shapes.svg"), state,
    )  # fmt: skip


def sign(words: object, state: State) -> SafeString:
    """A state in a line of text: shape and words, no box."""
    return format_html('<span class="sign {}">{}{}</span>', state, shape(state), words)


def badge(words: object, state: State = "plain") -> SafeString:
    """A state as a small box: shape and words."""
    return format_html('<span class="badge {}">{}{}</span>', state, shape(state), words)


def tier(words: object, place: Place = "middle") -> SafeString:
    """A tier by its place in the scheme's order: the top one solid, the bottom one dashed."""
    return format_html('<span class="tier {}">{}</span>', place, words)


def due(days: int | None, unit: str = "个工作日") -> SafeString:
    """How long a term still runs: ``days`` left, negative when it is over, None when there is none."""
    if days is None:
        return badge("未定期限", "open")
    if days < 0:
        return badge(f"逾期 {-days} {unit}", "late")
    if days == 0:
        return badge("今天到期", "risk")
    return badge(f"剩 {days} {unit}", "risk" if days <= SOON else "current")


def link(url: str, words: object) -> SafeString:
    """A link in a table or a sentence."""
    return format_html('<a href="{}">{}</a>', url, words)


def figure(words: object, url: str = "", state: State = "plain") -> SafeString:
    """A computed figure that leads to its explanation or its list."""
    if not url:
        return format_html('<span class="figure {}">{}</span>', state, words)
    return format_html('<a class="figure {}" href="{}">{}</a>', state, url, words)


def count(number: int, words: str, url: str = "", state: State = "plain") -> SafeString:
    """A count inside a heading that is a sentence; nothing to count, nothing to be alarmed about."""
    return figure(f"{number} {words}", url, state if number else "plain")


def bar(
    value: Number, of: Number, line: Number = None, label: str = "", kind: str = ""
) -> SafeString:
    """A bar from the left on a scale to ``of``; ``line`` is a limit or an average across it.

    ``kind``: solid (what counts), before (an earlier year), ceiling (the line must not be passed).
    """
    across = "" if line is None else format_html('<path d="M{} -2v12"/>', _share(line, of))
    return format_html(
        '<svg class="bar {}" viewBox="0 0 100 8" preserveAspectRatio="none" {}>'
        '<rect width="100" height="8"/><rect width="{}" height="8"/>{}</svg>',
        kind, _spoken(label), _share(value, of), across,
    )  # fmt: skip


def gap(lost: Number, scale: Number, label: str = "") -> SafeString:
    """What was lost, growing leftward from the mark; all gaps of a table share one ``scale``."""
    width = _share(lost, scale)
    return format_html(
        '<svg class="gap" viewBox="0 0 100 8" preserveAspectRatio="none" {}>'
        '<path d="M0 0v8M25 0v8M50 0v8M75 0v8"/><rect x="{}" width="{}" height="8"/></svg>',
        _spoken(label), 100 - width, width,
    )  # fmt: skip


def _spoken(label: str) -> SafeString:
    if label:
        return format_html('role="img" aria-label="{}"', label)
    return SafeString('aria-hidden="true"')


def _share(value: Number, of: Number) -> Decimal:
    """A hundredth's share between 0 and 100 with one decimal."""
    if not value or not of:
        return Decimal(0)
    share = 100 * abs(Decimal(str(value))) / abs(Decimal(str(of)))
    return min(Decimal(100), share.quantize(Decimal("0.1")))
