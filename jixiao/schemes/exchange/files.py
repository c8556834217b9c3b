"""In which file is the scheme? YAML, Excel and JSON are views of one document."""

import json
from pathlib import Path

from pydantic import ValidationError

from jixiao.schemes.exchange.excel_view import read_excel, write_excel
from jixiao.schemes.exchange.problems import Problem, SchemeFileError
from jixiao.schemes.exchange.yaml_view import read_yaml, write_yaml
from jixiao.scoring.scheme import Scheme

SUFFIXES = (".yaml", ".yml", ".xlsx", ".json")
LARGEST = 5 * 1024 * 1024


def read_scheme(path: Path) -> tuple[Scheme, tuple[object, ...]]:
    """The scheme in a file, with warnings; SchemeFileError with every problem at once."""
    if path.suffix.lower() not in SUFFIXES:
        raise SchemeFileError([Problem(f"“{path.name}”不是办法文件，请用 {'、'.join(SUFFIXES)}")])
    try:
        if path.stat().st_size > LARGEST:
            raise SchemeFileError([Problem(f"“{path.name}”超过5MB，不像是办法文件")])
        if path.suffix.lower() == ".xlsx":
            return read_excel(path)
        data = path.read_bytes()
    except OSError:
        raise SchemeFileError([Problem(f"打不开“{path}”，请核对文件名和位置")]) from None
    if path.suffix.lower() == ".json":
        return _from_json(data), ()
    return read_yaml(data), ()


def _from_json(data: bytes) -> Scheme:
    try:
        return Scheme.model_validate_json(data)
    except ValidationError as error:
        problems = [
            Problem(f"{' › '.join(map(str, each['loc']))}：不合格式（{each['type']}）")
            for each in error.errors()
        ]
        raise SchemeFileError(problems) from None


def write_scheme(scheme: Scheme, path: Path) -> None:
    """Write the scheme in the format of the file's name."""
    match path.suffix.lower():
        case ".xlsx":
            write_excel(scheme, path)
        case ".yaml" | ".yml":
            path.write_text(write_yaml(scheme), encoding="utf-8")
        case ".json":
            plain = scheme.model_dump(mode="json", exclude_defaults=True)
            path.write_text(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", "utf-8")
        case _:
            problem = f"不会写“{path.suffix}”格式，请用 {'、'.join(SUFFIXES)}"
            raise SchemeFileError([Problem(problem)])
