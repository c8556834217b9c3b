"""What is filled in to load a result?"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jixiao.core.forms import ActionForm, WholeNumber


class ResultForm(ActionForm):
    """The sealed file, its year and what the assessment is called."""

    file = forms.FileField(
        label="结果文件", widget=forms.FileInput({"accept": ".json"}),
        help_text="jixiao evaluate 写出的“结果.json”。摘要要对得上，系统会当场重算一遍。",
    )  # fmt: skip
    year = WholeNumber(label="年度", min_value=2000, max_value=2100)
    round_name = forms.CharField(label="评估名称", max_length=30, initial="年终评估")

    def clean_file(self) -> "UploadedFile[Any]":
        """Not larger than anything may be."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // 1024 // 1024
            raise forms.ValidationError(f"文件超过 {limit} MB，不像是结果文件")
        return file

    @property
    def facts(self) -> dict[str, Any]:
        """Year and name; the file is what is loaded."""
        return {name: self.cleaned_data[name] for name in ("year", "round_name")}


class ScoreForm(ActionForm):
    """What the assessment is called whose rounds are scored."""

    name = forms.CharField(label="评估名称", max_length=30, initial="年终评估")
