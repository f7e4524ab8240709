"""The whole site as one ASGI application: pages in a bounded pool of threads, live addresses bare."""

import os

from coaching.wsgi import application as pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")

from coaching.intervision.live import SessionScreens
from coaching.lib.live.app import LiveApp
from coaching.lib.live.asgi import site

application = site(pages, LiveApp(SessionScreens()))
