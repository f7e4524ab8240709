"""App configuration."""

from django.apps import AppConfig


class PopgroupsConfig(AppConfig):
    name = "popgroups"
