"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import bring, out

urlpatterns: list[URLPattern] = [
    path("meenemen/", out.take_along, name="take_along"),
    path("meenemen/zip/", out.take_along_zip, name="take_along_zip"),
    path("meenemen/meegebracht/", bring.bring_along, name="bring_along"),
    path("meenemen/meegebracht/<str:token>/", bring.brought, name="brought"),
    path("meenemen/meegebracht/<str:token>/inlezen/", bring.bring, name="bring"),
    path("meenemen/meegebracht/<str:token>/weg/", bring.bring_drop, name="bring_drop"),
]
