"""A form field for a file, judged by its content."""

from __future__ import annotations

from typing import Any

from django import forms

from .uploads import MAX_FILE_BYTES, TYPES, Upload, UploadRefused, judge, too_large


class UploadField(forms.FileField):
    """Cleans to the Upload that may be kept, or None when there was no file and none was needed."""

    def __init__(self, **kwargs: Any) -> None:
        accept = ",".join([*(f".{kind}" for kind in TYPES), ".jpeg"])
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > MAX_FILE_BYTES:  # asked before any of it is read into memory
            raise forms.ValidationError(str(too_large()))
        try:
            return judge(file.name, file.read())
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused)) from None
