"""What is slow to make is made once."""

import pytest

from jixiao.workbooks.tests.making import GOOD, resaved


@pytest.fixture(scope="session")
def good_xls(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The good workbook as an old .xls."""
    return resaved(GOOD, tmp_path_factory.mktemp("office"), "xls")
