"""How are a bulletin's paragraphs written, moved, added and taken out? Every change is a new text."""

from typing import Literal

from jixiao.bulletins.template import Paragraph, Template

Way = Literal["up", "down"]
MOST_BLOCKS = 150
MOST_CHARACTERS = 20_000
"""Four times what a document may have; more is a mistake or an attack."""


def changed(template: Template, place: int, *, paragraph: Paragraph) -> Template:
    """Another paragraph at this place; its further lines become paragraphs that follow."""
    first, *more = [line.strip() for line in paragraph.text.splitlines() if line.strip()] or [""]
    new = [paragraph.model_copy(update={"text": first}), *(Paragraph(text=line) for line in more)]
    body = list(template.body)
    body[place : place + 1] = new
    return _with(template, body)


def added(template: Template, place: int) -> Template:
    """An empty paragraph after this one."""
    body = list(template.body)
    body.insert(place + 1, Paragraph())
    return _with(template, body)


def removed(template: Template, place: int) -> Template:
    """Without the paragraph, unless it is the last one left."""
    body = list(template.body)
    del body[place]
    return _with(template, body or [Paragraph()])


def moved(template: Template, place: int, *, way: Way) -> Template:
    """One place up or down; at either end it stays."""
    body = list(template.body)
    other = place + (1 if way == "down" else -1)
    if 0 <= other < len(body):
        body[place], body[other] = body[other], body[place]
    return _with(template, body)


def inserted(text: str, reference: str) -> str:
    """The text with a reference where an @ stands, else at the end, before a closing stop."""
    if "@" in text:
        return text.replace("@", reference, 1)
    bare = text.rstrip()
    stop = bare[-1:] if bare[-1:] in ("。", "；") else ""
    return f"{bare[: len(bare) - len(stop)]}{reference}{stop}"


def too_much(template: Template) -> str:
    """Why the text cannot be kept; empty when it can."""
    if len(template.body) > MOST_BLOCKS:
        return f"最多{MOST_BLOCKS}段，请合并或删去一些"
    if len(template.model_dump_json()) > MOST_CHARACTERS:
        return f"全文连同标题、附注最多{MOST_CHARACTERS}字，请压缩"
    return ""


def _with(template: Template, body: list[Paragraph]) -> Template:
    return template.model_copy(update={"body": tuple(body)})
