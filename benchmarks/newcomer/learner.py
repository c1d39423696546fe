"""A learner's first minute, over HTTP."""

import json
import urllib.request
from typing import Any
from uuid import uuid4


class Learner:
    """Signs in by dev sign-in and studies one card."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = ""

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def sign_in(self) -> None:
        self.token = self.call("POST", "/api/auth/dev", {"telegram_id": 100200300, "first_name": "Learner"})["token"]

    def choose_spanish(self) -> None:
        self.call("POST", "/api/profiles", {"language": "es", "current_level": "A1"})

    def take_starter_deck(self) -> str:
        key = self.call("GET", "/api/starter-decks?language=es")["data"][0]["key"]
        deck: str = self.call("POST", f"/api/starter-decks/{key}/install", {})["deck"]["id"]
        return deck

    def rate_first_card(self, deck: str) -> None:
        first = self.call("GET", f"/api/cards/next?deck_id={deck}")["card"]["id"]
        rating = {"card_id": first, "rating": 3, "client_id": str(uuid4()), "deck_id": deck}
        rated = self.call("POST", "/api/cards/rate", rating)
        assert rated["reviews_count"] == 1
        assert rated["next"]["card"]["id"] != first
