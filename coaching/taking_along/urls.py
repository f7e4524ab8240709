"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import out

urlpatterns: list[URLPattern] = [
    path("meenemen/", out.take_along, name="take_along"),
    path("meenemen/zip/", out.take_along_zip, name="take_along_zip"),
]
