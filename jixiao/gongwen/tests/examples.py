"""Which documents do the tests print? A bulletin of the fictitious county 清岚县."""

import datetime as dt

from jixiao.gongwen.document import (
    Annex,
    Cell,
    Colophon,
    Document,
    Face,
    Header,
    Heading,
    Number,
    Paragraph,
    Run,
    Table,
)

SIGNED_ON = dt.date(2027, 2, 24)
TOWNS = ("云溪镇", "河口镇", "石桥镇", "柳湾乡", "东岭乡", "枫林镇", "双井镇", "白塔乡", "青芦镇")
PARKS = ("临港园区", "高新园区", "生态园区")
OFFICES = ("县教育局", "县财政局", "县交通局", "县水利局", "县统计局", "县司法局", "县审计局")
MORE = (
    "县农业局",
    "县商务局",
    "县民政局",
    "县文旅局",
    "县信访局",
    "县医保局",
    "县城管局",
    "县林业局",
)


def paragraph(text: str) -> Paragraph:
    return Paragraph(runs=text)


def _listed(names: tuple[str, ...], rows: int, start: int = 1) -> list[str]:
    cells = [f"{number}.{name}" for number, name in enumerate(names, start)]
    return [*cells, *[""] * (rows - len(cells))]


def tier_table() -> Table:
    columns = (
        _listed(TOWNS[:4], 7), _listed(PARKS[:1], 7), _listed(OFFICES, 7),
        _listed(TOWNS[4:], 7), _listed(PARKS[1:], 7),
        _listed(MORE[:4], 7), _listed(MORE[4:], 7, start=5),
    )  # fmt: skip
    return Table(
        widths=(4, 4, 4, 4, 4, 4, 4),
        header=(
            (Cell(text="一、先进单位（12个）", columns=3), Cell(text="二、达标单位（15个）", columns=4)),
            ("乡镇", "园区", "部门", "乡镇", "园区", Cell(text="部门", columns=2)),
        ),
        rows=tuple(tuple(Cell(text=text, align="left") for text in row) for row in zip(*columns, strict=True)),
        notes=(
            "评估实行百分制，80分以上为先进单位，60分以上不足80分为达标单位，60分以下为未达标单位。",
            "县纪委监委机关、县委组织部不参加评估。",
        ),
    )  # fmt: skip


BODY: tuple[Heading | Paragraph, ...] = (
    paragraph(
        "按照《清岚县2026年度绩效管理办法》，县绩效办于2027年1月4日至22日对全县54个单位绩效管理工作"
        "进行了年终评估。经复核并报县绩效管理委员会审定，现将有关情况通报如下。"
    ),
    Heading(level=1, text="评估过程"),
    Heading(
        level=2, text="统一评估标准",
        runs="年初印发评估办法，围绕健全组织、内部绩效、材料报送、档案管理、整改落实五大类确定评估内容，"
        "实行百分制，不同项目配以相应分值，全年标准不变。",
    ),
    Heading(
        level=2, text="坚持定期评估",
        runs="采取半年和全年两次定期评估与日常督查相结合的方式，听汇报、看现场、查资料，逐个过堂、逐项审核、"
        "现场记录，共核验材料1263份，退回补正87份。",
    ),
    Heading(
        level=2, text="及时反馈提高",
        runs="评估组与各单位面对面交换意见，对存在的问题逐一反馈，提出整改意见和建议。各单位对评估记录提出复核"
        "申请11件，已全部办结，其中调整得分3件。",
    ),
    Heading(level=1, text="评估情况"),
    Heading(
        level=2, text="单位评估分档",
        runs="先进单位12个：云溪镇、河口镇、石桥镇、柳湾乡、临港园区、县教育局、县财政局、县交通局、县水利局、"
        "县统计局、县司法局、县审计局；达标单位15个：东岭乡、枫林镇、双井镇、白塔乡、青芦镇、高新园区、"
        "生态园区、县农业局、县商务局、县民政局、县文旅局、县信访局、县医保局、县城管局、县林业局。",
    ),
    Heading(
        level=2, text="总体运行情况",
        runs=(
            "全县平均73.9分，比上年提高2.8分。",
            Run(text="一是内部机制健全。", face=Face.KAITI),
            "各单位均成立绩效管理工作领导小组，人员到位、制度上墙。",
            Run(text="二是目标推进有力。", face=Face.KAITI),
            "重点工作逐月分解、按周推进，一季度以来累计完成率达到96.5%。",
        ),
    ),
    Heading(level=2, text="存在的主要问题"),
    Heading(
        level=3, text="认识不到位，考评不够规范",
        runs="23个单位季度考评缺少评分依据，目标任务模糊不清，年终评估流于形式。",
    ),
    Heading(
        level=3, text="信息报送不均衡",
        runs="9个单位全年报送不足6条，个别单位“临时抱佛脚”，甚至以会议纪要代替工作记录——"
        "这种做法必须坚决纠正……",
    ),
    Heading(level=4, text="整改不及时", runs="至2月20日仍有5个问题未销号。"),
    Heading(level=4, text="档案不完整", runs="4个单位未按季度归档。"),
    Heading(level=1, text="下一步要求"),
    paragraph(
        "各单位要对照反馈问题举一反三，于3月31日前完成整改并书面报告；县绩效办将组织核验，结果计入2027年度"
        "评估。请枫林镇赟祎喆同志牵头的工作专班做好经验总结。"
    ),
    paragraph("特此通报。"),
)  # fmt: skip


def bulletin(**changes: object) -> Document:
    """Two pages of text with run-in headings, an annex with a table, seal, note, colophon."""
    parts: dict[str, object] = {
        "header": Header(mark="清岚县绩效管理委员会办公室文件"),
        "number": Number(code="清绩办", year=2027, serial=3),
        "title": "关于2026年度全县绩效管理工作年终评估情况的通报",
        "recipients": "各乡镇党委、政府，各园区管委会，县委各部委办局，县各直属单位",
        "body": BODY,
        "annexes": (
            Annex(title="2026年度全县绩效管理组织工作评估分档情况", blocks=(tier_table(),)),
        ),
        "signatures": "清岚县绩效管理委员会办公室",
        "signed_on": SIGNED_ON,
        "note": "此件公开发布",
        "colophon": Colophon(
            copied_to="县委办公室，县人大常委会办公室，县政府办公室，县政协办公室，县纪委监委机关",
            printed_by="清岚县绩效管理委员会办公室",
            printed_on=dt.date(2027, 2, 25),
        ),
    }
    return Document.model_validate(parts | changes)
