"""jixiao 绩效：which command did the user give?"""

import gc
import importlib
import os
import sys
from collections.abc import Sequence

from jixiao import __version__
from jixiao.cli.arguments import Parser
from jixiao.cli.output import OK, BadInputError, complain

COMMANDS = {
    "scheme": "办法：检查、出记分表、换格式、比较",
    "evaluate": "计分：办法＋记分表 → 得分表、分析报告、通报",
    "explain": "说明：某单位某一项为什么是这个分",
    "simulate": "试算：换一个办法，谁的等次会变",
    "bulletin": "通报：由封存的结果生成 docx 和 PDF",
    "proofread": "核稿：查通报里的个数、名单、名称是否一致",
    "verify": "验证：重算封存的结果，核对摘要",
    "draw": "抽查：重算一次抽取，核对种子、摘要和抽中的单位",
    "demo": "示例：在虚构的清岚县上跑一遍",
    "serve": "平台：启动网页服务（--example 先装入清岚县）",
    "admin": "三员：新装的平台开设三个管理员账号",
    "audit": "审计：封链、核验、导出",
    "backup": "备份：数据库、文件、审计链头合成一个经过核验的档",
    "restore": "恢复：由备份恢复到空的数据文件夹",
}
"""Each command is a module of this room with ``add_arguments(parser)`` and ``run(arguments)``."""

PLATFORM = {"serve", "admin", "audit", "backup", "restore"}
"""Commands that need the platform's database; the others start without Django."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 the answer is no, 2 the input or the command is wrong."""
    gc.set_threshold(100_000)  # a short run: collecting while importing costs a tenth of it
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = Parser(prog="jixiao", description="绩效管理：办法、计分、等次、通报")
    parser.add_argument("--version", action="version", version=f"jixiao {__version__}", help="版本")
    listed = "\n".join(f"  {name:<10} {text}" for name, text in COMMANDS.items())
    parser.epilog = (
        f"命令：\n{listed}\n\n每个命令后加 --help 看用法，加 --json 得到机器可读的结果。"
    )
    parser.add_argument("command", metavar="命令", choices=COMMANDS, help="见下")
    chosen = parser.parse_args(given[:1]).command
    if chosen in PLATFORM:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.config.settings")
        importlib.import_module("django").setup()
    module = importlib.import_module(f"jixiao.cli.{chosen}")
    inner = Parser(prog=f"jixiao {chosen}", description=COMMANDS[chosen])
    module.add_arguments(inner)
    parsed = inner.parse_args(given[1:])
    try:
        code: int = module.run(parsed)
    except BadInputError as error:
        return complain(error, as_json=getattr(parsed, "json", False))
    except BrokenPipeError:  # the reader of a pipe had enough, as in `| head`
        sys.stdout = None
        return OK
    return code


if __name__ == "__main__":
    sys.exit(main())
