"""How does the command line speak Chinese? argparse with Chinese headings and complaints."""

import argparse
import re
from collections.abc import Callable
from typing import NoReturn

COMPLAINTS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", r"还缺：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能写\2，可以写：\3"),
    (r"argument (.+?): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1 的值\2不合要求"),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 不明确，可能是：\2"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are Chinese; wrong usage ends with exit code 2."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **settings)  # type: ignore[arg-type]
        self._positionals.title = "要写的"
        self._optionals.title = "可选的"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the command and how it is written."""
        for pattern, chinese in COMPLAINTS:
            message = re.sub(pattern, chinese, message)
        self.exit(2, f"{self.format_usage()}写法不对：{message}\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: object, groups: object, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")  # type: ignore[arg-type]


Run = Callable[[argparse.Namespace], int]
"""What a command does; it returns the exit code."""
