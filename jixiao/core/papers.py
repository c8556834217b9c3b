"""How does a document leave as a file?"""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from jixiao.core.uploads import SUFFIXES
from jixiao.gongwen.document import Document
from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.fonts import find_fonts
from jixiao.gongwen.pdf import render_pdf

MEDIA = {suffix[1:]: media for media, suffix in SUFFIXES.items()}


def paper(document: Document, *, name: str, form: str) -> HttpResponse:
    """A document as ``pdf`` or ``docx``; DocumentError where it cannot be printed, Http404 else."""
    if form == "docx":
        return download(render_docx(document), f"{name}.docx", form)
    if form == "pdf":
        return download(render_pdf(document, fonts=find_fonts()).content, f"{name}.pdf", form)
    raise Http404("没有这种格式")


def download(content: bytes, name: str, form: str) -> HttpResponse:
    """A file to keep, under its Chinese name."""
    head = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=MEDIA[form], headers={"Content-Disposition": head})
