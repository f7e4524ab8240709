"""Addresses of the overview."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("scholen/<int:pk>/overzicht/", views.school_overview, name="school_overview"),
    path("scholen/<int:pk>/overzicht/pdf/", views.school_overview_pdf, name="school_overview_pdf"),
    path("scholen/<int:pk>/overzicht/csv/", views.school_overview_csv, name="school_overview_csv"),
    path("besturen/<int:pk>/overzicht/", views.board_overview, name="board_overview"),
    path("besturen/<int:pk>/overzicht/csv/", views.board_overview_csv, name="board_overview_csv"),
    path("wat-zie-ik-niet/", views.not_seen, name="not_seen"),
]
