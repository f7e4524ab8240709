"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import board, hand_over, milestones, pages, units

urlpatterns: list[URLPattern] = [
    path("invoering/", board.introductions, name="introductions"),
    path("scholen/<int:pk>/invoering/", pages.introduction, name="introduction"),
    path("scholen/<int:pk>/invoering/nieuw/", pages.start_introduction, name="start_introduction"),
    path("scholen/<int:pk>/trainingen/", units.trainings, name="trainings"),
    path("invoering/<int:pk>/", pages.trajectory, name="trajectory"),
    path("invoering/<int:pk>/wijzigen/", pages.change_trajectory, name="change_trajectory"),
    path("invoering/<int:pk>/pdf/", pages.trajectory_pdf, name="trajectory_pdf"),
    path("invoering/<int:pk>/betrokken/", pages.involve, name="involve"),
    path("invoering/<int:pk>/betrokken/eruit/", pages.step_out, name="step_out"),
    path("invoering/<int:pk>/mijlpaal/", milestones.add_milestone, name="add_milestone"),
    path("mijlpaal/<int:pk>/", milestones.change_milestone, name="change_milestone"),
    path("mijlpaal/<int:pk>/weg/", milestones.remove_milestone, name="remove_milestone"),
    path("mijlpaal/<int:pk>/klaar/", milestones.milestone_done, name="milestone_done"),
    path("mijlpaal/<int:pk>/open/", milestones.milestone_open, name="milestone_open"),
    path("invoering/<int:pk>/training/", units.add_unit, name="add_unit"),
    path("training/<int:pk>/", units.unit, name="unit"),
    path("training/<int:pk>/wijzigen/", units.change_unit, name="change_unit"),
    path("training/<int:pk>/weg/", units.remove_unit, name="remove_unit"),
    path("training/<int:pk>/materiaal/", units.add_material, name="add_material"),
    path("training/<int:pk>/aanwezig/", units.unit_attendance, name="unit_attendance"),
    path("materiaal/<int:pk>/", units.material, name="material"),
    path("materiaal/<int:pk>/weg/", units.remove_material, name="remove_material"),
    path("invoering/<int:pk>/overdracht/", hand_over.hand_over, name="hand_over"),
    path("invoering/<int:pk>/overdracht/punt/", hand_over.tick_point, name="tick_point"),
    path("invoering/<int:pk>/overdracht/dag/", hand_over.move_hand_over, name="move_hand_over"),
    path("invoering/<int:pk>/overdracht/nu/", hand_over.hand_over_today, name="hand_over_today"),
    path("terugkijken/<int:pk>/", hand_over.change_look_back, name="change_look_back"),
]
