"""What can be done with units, people, duties and conditions? One function a thing a person does."""

from jixiao.org.actions.duties import (
    assign_duty,
    check_condition,
    delegate,
    end_delegation,
    end_duty,
    record_condition,
)
from jixiao.org.actions.importing import apply_workbook, drop_workbook, hand_in_workbook
from jixiao.org.actions.people import (
    add_person,
    appoint,
    change_person,
    end_post,
    leave,
    link_account,
)
from jixiao.org.actions.reorganizing import (
    close_unit,
    dissolve_unit,
    merge_units,
    split_unit,
    unite_units,
)
from jixiao.org.actions.units import (
    add_alias,
    classify_unit,
    end_alias,
    found_unit,
    move_unit,
    rename_unit,
)

__all__ = [
    "add_alias",
    "add_person",
    "apply_workbook",
    "appoint",
    "assign_duty",
    "change_person",
    "check_condition",
    "classify_unit",
    "close_unit",
    "delegate",
    "dissolve_unit",
    "drop_workbook",
    "end_alias",
    "end_delegation",
    "end_duty",
    "end_post",
    "found_unit",
    "hand_in_workbook",
    "leave",
    "link_account",
    "merge_units",
    "move_unit",
    "record_condition",
    "rename_unit",
    "split_unit",
    "unite_units",
]
