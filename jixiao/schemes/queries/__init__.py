"""What is known of schemes: their versions, their health, and what lies on an editor's desk?"""

from jixiao.schemes.queries.desk import NEW, Desk
from jixiao.schemes.queries.health import Health, health, missing, ways
from jixiao.schemes.queries.versions import (
    MAKERS,
    VersionRow,
    bases,
    bases_with_text,
    draft,
    first_path,
    in_force,
    line_names,
    others,
    returns,
    sound,
    standing,
    steps,
    version,
    versions,
    waiting,
    years,
)

__all__ = [
    "MAKERS",
    "NEW",
    "Desk",
    "Health",
    "VersionRow",
    "bases",
    "bases_with_text",
    "draft",
    "first_path",
    "health",
    "in_force",
    "line_names",
    "missing",
    "others",
    "returns",
    "sound",
    "standing",
    "steps",
    "version",
    "versions",
    "waiting",
    "ways",
    "years",
]
