"""Does the published tier list alone give the annex table of the real bulletin, cell for cell?"""

import csv

import pytest

from jixiao.bulletins.annex import annex_tables
from jixiao.bulletins.facts import Facts
from jixiao.bulletins.proofread import Kind, proofread
from jixiao.bulletins.standing import Standing
from jixiao.bulletins.tierlist import HEADERS, read_tier_list
from jixiao.gongwen.document import Table
from jixiao.schemes.exchange.tests.test_guannan import ROOT, annex_cells, annex_units, published

FILE = ROOT / "examples" / "灌南2009" / "分档名单.csv"


@pytest.fixture(scope="module")
def standing() -> Standing:
    return read_tier_list(FILE)


@pytest.fixture(scope="module")
def table(standing: Standing) -> Table:
    """All tiers stand side by side in one table."""
    (found,) = annex_tables(standing, label="单位")
    return found


@pytest.fixture(scope="module")
def sentence(standing: Standing) -> str:
    return Facts(standing, "单位").say("分档名单", "")


def test_the_tier_list_holds_the_published_units_in_annex_order() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == HEADERS
    assert list(map(tuple, rows)) == annex_units()
    assert len(rows) == 43


def test_the_annex_comes_out_cell_for_cell_as_published(table: Table) -> None:
    made = [[cell.text for cell in row] for row in (*table.header, *table.rows)]
    assert made == annex_cells()


def test_the_annex_has_the_published_shape(table: Table) -> None:
    tiers, groups = ([cell.columns for cell in row] for row in table.header)
    assert (tiers, groups) == ([3, 4], [1, 1, 1, 1, 1, 2])
    assert [len(row) for row in table.rows] == [7] * 9
    assert table.rows[4][5].text == "5、中  行"


def test_tiers_and_groups_have_the_published_numbers(standing: Standing) -> None:
    places = list(standing.places())
    groups = [group for _, group, _ in places]
    assert [groups.count(group) for group in ("乡镇", "园区", "部门")] == [14, 4, 25]
    assert [standing.count(tier.name) for tier in standing.tiers] == [16, 27]


def test_the_sentence_has_the_lists_and_numbers_of_the_tiers(
    standing: Standing, sentence: str
) -> None:
    told = {}
    for part in sentence.split("；"):
        head, _, names = part.partition("：")
        told[head] = names.split("、")
    assert told == {
        "先进单位16个": list(standing.names("先进")),
        "达标单位27个": list(standing.names("达标")),
    }


@pytest.fixture(scope="module")
def text(table: Table, sentence: str) -> str:
    """The sentence and the annex as the check reads them: a line a table row."""
    rows = ["\t".join(cell.text for cell in row) for row in (*table.header, *table.rows)]
    return "\n".join([sentence, "附件：", *rows])


def test_sentence_and_annex_agree_with_the_list_and_with_each_other(
    standing: Standing, text: str
) -> None:
    assert proofread(text, standing=standing) == ()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("达标单位27个", "达标单位26个", Kind.COUNT),
        ("先进单位（16个）", "先进单位（17个）", Kind.COUNT),
        ("百禄镇、经济", "经济", Kind.MISSING),
        ("9、统计局", "", Kind.MISSING),
        ("12、畜渔局", "13、畜渔局", Kind.NUMBERING),
        ("6、信用联社", "6、信用社", Kind.TWO_NAMES),
    ],
)
def test_a_slip_in_either_would_be_found(
    standing: Standing, text: str, old: str, new: str, kind: Kind
) -> None:
    assert text.count(old) == 1
    assert kind in {found.kind for found in proofread(text.replace(old, new), standing=standing)}


def test_the_published_sentence_lists_the_same_units_under_one_other_name(sentence: str) -> None:
    text = published()
    names = text[text.index("先进单位16个") : text.index("外经局、广电局、环保局") + 11]
    written = {name for part in names.split("；") for name in part.partition("：")[2].split("、")}
    made = {name for part in sentence.split("；") for name in part.partition("：")[2].split("、")}
    assert (written - made, made - written) == ({"信用社"}, {"信用联社"})
