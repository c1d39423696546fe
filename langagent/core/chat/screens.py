"""Buttons that open a screen of the app."""

from dataclasses import dataclass

from langagent.core.chat.deep_links import DeepLink
from langagent.core.chat.keyboards import Button, app, link


@dataclass(frozen=True, slots=True)
class Screens:
    """The app at ``app_url``: inside Telegram where it is served by https, in a browser otherwise."""

    app_url: str

    def button(self, text: str, to: DeepLink) -> Button:
        url = f"{self.app_url.rstrip('/')}/?go={to.payload}"
        return app(text, url) if url.startswith("https://") else link(text, url)
