"""jixiao admin: how does a fresh platform get its first three administrators?"""

import argparse

from django.core.management import call_command

from jixiao.access.actions import first_administrators
from jixiao.access.actor import Actor
from jixiao.cli.files import json_option
from jixiao.cli.output import OK, BadInputError, say, say_json
from jixiao.core.errors import RefusedError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments but --json."""
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Open the three accounts and print their first passwords once."""
    call_command("migrate", verbosity=0)
    try:
        opened = first_administrators(by=Actor("命令行", terminal=True, origin="命令行"))
    except RefusedError as error:
        raise BadInputError([error]) from None
    if arguments.json:
        say_json(
            [
                {"username": each.username, "role": each.role, "password": each.password}
                for each in opened
            ]
        )
        return OK
    say("三个管理员已开设，初始密码只显示这一次，首次登录须改：")
    for each in opened:
        say(f"  {each.role}  {each.username}  {each.password}")
    return OK
