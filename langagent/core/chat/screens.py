"""Buttons that open a screen of the app."""

from dataclasses import dataclass

from langagent.core.chat.deep_links import DeepLink
from langagent.core.chat.keyboards import Button, app, link


@dataclass(frozen=True, slots=True)
class Screens:
    """The app at ``app_url``.

    Attributes:
        in_local_telegram: only that one opens the app inside when it is not served by https; elsewhere a browser does.
    """

    app_url: str
    in_local_telegram: bool = False

    def button(self, text: str, to: DeepLink) -> Button:
        url = f"{self.app_url.rstrip('/')}/?go={to.payload}"
        return app(text, url) if url.startswith("https://") or self.in_local_telegram else link(text, url)
