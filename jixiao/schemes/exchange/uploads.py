"""What scheme is in a file that somebody handed in through a page?"""

import tempfile
from pathlib import Path

from jixiao.schemes.exchange.files import LARGEST, SUFFIXES, read_scheme
from jixiao.schemes.exchange.problems import Problem, SchemeFileError
from jixiao.scoring.scheme import Scheme, walk

MOST_UNITS, MOST_ITEMS = 1_000, 500
"""A county has a hundred units; what is far larger is no scheme that people could edit on a page."""


def read_upload(name: str, data: bytes) -> tuple[Scheme, tuple[object, ...]]:
    """The scheme in an uploaded file, with warnings; SchemeFileError with every problem."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise _refused(f"“{name[:60]}”不是办法文件，请交 {'、'.join(SUFFIXES)} 格式的文件")
    if len(data) > LARGEST:
        raise _refused("文件超过5MB，不像是办法文件，请核对")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"办法{suffix}"
        path.write_bytes(data)
        scheme, warnings = read_scheme(path)
    units = sum(len(group.units) for group in scheme.groups)
    items = len(list(walk((*scheme.items, *scheme.adjustments))))
    if units > MOST_UNITS or items > MOST_ITEMS:
        raise _refused(
            f"有{units}个单位、{items}个项目，网页上最多编辑{MOST_UNITS}个单位、{MOST_ITEMS}个项目的办法；"
            "这么大的办法请用命令行"
        )
    return scheme, warnings


def _refused(message: str) -> SchemeFileError:
    return SchemeFileError([Problem(message)])
