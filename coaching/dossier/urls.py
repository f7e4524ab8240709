"""Addresses of the dossier."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("scholen/<int:pk>/dossier/", views.dossier, name="dossier"),
    path("scholen/<int:pk>/dossier.pdf", views.dossier_pdf, name="dossier_pdf"),
    path("scholen/<int:pk>/dossier/invullen/", views.fill_in_dossier, name="fill_in_dossier"),
    path("instemming/<str:token>/dossier/", views.pmr_dossier, name="pmr_dossier"),
    path("instemming/<str:token>/dossier.pdf", views.pmr_dossier_pdf, name="pmr_dossier_pdf"),
]
