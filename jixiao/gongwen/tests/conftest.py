"""Which fonts and which printed documents do the tests share?"""

import pytest

from jixiao.gongwen.fonts import PROJECT_FOLDER, FontSet, find_fonts
from jixiao.gongwen.pdf import PdfFile, render_pdf
from jixiao.gongwen.tests.examples import bulletin


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    """The project's own fonts; without them the tests fail and say: make fonts."""
    return find_fonts([PROJECT_FOLDER], with_system=False)


@pytest.fixture(scope="session")
def example(fonts: FontSet) -> PdfFile:
    return render_pdf(bulletin(), fonts=fonts)
