"""Which workbooks of units and people were handed in, by whom, and what became of them?"""

from typing import ClassVar

from django.db import models

from jixiao.core.constraints import is_choice, together
from jixiao.org.states import ImportState


class OrgImport(models.Model):
    """A workbook that waits for somebody to confirm what it changes."""

    file = models.FileField("文件", upload_to="机构人员/")
    name = models.CharField("文件名", max_length=120)
    digest = models.CharField("摘要", max_length=64)
    """SHA-256 of the file as it came."""
    state = models.CharField("状态", max_length=8, choices=ImportState, default=ImportState.WAITING)
    handed_at = models.DateTimeField("上传时间", auto_now_add=True)
    handed_by = models.CharField("上传人", max_length=80)
    applied_at = models.DateTimeField("办结时间", null=True, blank=True)
    applied_by = models.CharField("办结人", max_length=80, null=True, blank=True)
    document = models.CharField("依据", max_length=80, blank=True)
    summary = models.CharField("改动", max_length=200, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "机构人员导入"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            is_choice("state", ImportState, name="import_state"),
            together("applied_at", "applied_by", name="import_applied"),
        ]

    def __str__(self) -> str:
        return self.name
