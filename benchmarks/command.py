"""The whole command, workbook to results workbook, HTML report, docx and PDF/A, beside starting Python."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNTY = Path("examples/清岚县")
LIBRARIES = """
import polars, narwhals, yaml, python_calamine, typst
from docx import Document
from jinja2 import Environment
from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, model_validator
from xlsxwriter import Workbook
class Model(BaseModel):
    field: str = Field(default="")
"""
"""As the product imports them: pydantic loads most of itself with the first model."""

TURNS = 7


def measure_command() -> None:
    """Print the ratios for the example county of 43 units, the contestants taking turns."""
    files = [str(COUNTY / name) for name in ("办法.yaml", "记分表.xlsx", "通报.yaml")]
    with tempfile.TemporaryDirectory() as out:
        words = ["evaluate", *files[:2], "--bulletin", files[2], "--out", out]
        works = {
            "start": [sys.executable, "-c", LIBRARIES],
            "whole": [sys.executable, "-m", "jixiao.cli.main", *words],
        }
        best = dict.fromkeys(works, float("inf"))
        for _ in range(TURNS):
            for name, command in works.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                best[name] = min(best[name], time.perf_counter() - start)
    start, whole = best["start"], best["whole"]
    print(f"启动 Python 并导入所用的库 {start:.2f}秒")
    print(
        f"整条命令（43个单位：得分表、报告、docx、PDF/A）{whole:.2f}秒，"
        f"为其{whole / start:.2f}倍（目标不超过2倍）"
    )
