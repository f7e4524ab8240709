"""App configuration."""

from django.apps import AppConfig


class IntervisionConfig(AppConfig):
    name = "coaching.intervision"
    label = "intervision"
