"""People and their chats over HTTP."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulators.telegram.control.respond import answering, body, shown_update
from emulators.telegram.launch import THEMES
from emulators.telegram.methods.bot import get_chat_menu_button, shown_commands
from emulators.telegram.models import Chat, Person
from emulators.telegram.params import Params, read_upload
from emulators.telegram.people import People
from emulators.telegram.world import World


class ChatControl:
    """Everything the chat page shows and does."""

    def __init__(self, world: World, people: People, app_url: str) -> None:
        self._world = world
        self._people = people
        self._app_url = app_url

    def routes(self) -> list[Route]:
        """Return the routes under `/emulator`."""
        one = "/chats/{person_id:int}"
        return [
            Route("/people", answering(self.people), methods=["GET"]),
            Route("/people", answering(self.add), methods=["POST"]),
            Route(one, answering(self.chat), methods=["GET"]),
            Route(f"{one}/text", answering(self.text), methods=["POST"]),
            Route(f"{one}/start", answering(self.start), methods=["POST"]),
            Route(f"{one}/press", answering(self.press), methods=["POST"]),
            Route(f"{one}/file", answering(self.file), methods=["POST"]),
            Route(f"{one}/checkout", answering(self.checkout), methods=["POST"]),
            Route(f"{one}/block", answering(self.block), methods=["POST"]),
            Route(f"{one}/unblock", answering(self.unblock), methods=["POST"]),
            Route(f"{one}/launch", answering(self.launch), methods=["POST"]),
            Route("/files/{file_id}", self.show_file, methods=["GET"]),
        ]

    async def people(self, _: Request) -> dict[str, Any]:
        """List the people, with the bot and the themes of Mini Apps."""
        return {
            "bot": self._world.bot,
            "people": [_shown_person(chat) for chat in self._world.chats.values()],
            "themes": THEMES,
        }

    async def add(self, request: Request) -> dict[str, Any]:
        """Let a person exist; the id is chosen when none is given."""
        given = await body(request)
        given.setdefault("id", max(self._world.chats, default=100_000_000) + 1)
        person = self._people.add(Person(**given))
        return _shown_person(self._people.chat(person.id))

    async def chat(self, request: Request) -> dict[str, Any]:
        """Show a chat: its messages, menus and keyboard."""
        chat = self._chat(request)
        person = chat.person
        return {
            **_shown_person(chat),
            "messages": [message.json() for message in chat.messages.values()],
            "reply_keyboard": chat.reply_keyboard,
            "commands": shown_commands(self._world, person.id, person.language_code),
            "menu_button": await get_chat_menu_button(self._world, Params({"chat_id": str(person.id)})),
            "app_url": self._app_url,
        }

    async def text(self, request: Request) -> dict[str, Any]:
        """Write `text`, perhaps as an answer to `reply_to`."""
        given = await body(request)
        return shown_update(self._people.say(self._id(request), given["text"], given.get("reply_to")))

    async def start(self, request: Request) -> dict[str, Any]:
        """Start the bot by a deep link with `payload`."""
        given = await body(request)
        return shown_update(self._people.start(self._id(request), given.get("payload", "")))

    async def press(self, request: Request) -> dict[str, Any]:
        """Press the button with `data` under the message `message_id`."""
        given = await body(request)
        query, update = self._people.press(self._id(request), given["message_id"], given["data"])
        return {"query_id": query.id, **shown_update(update)}

    async def file(self, request: Request) -> dict[str, Any]:
        """Send the multipart `file` as `kind`, with `caption` and `duration`."""
        async with request.form() as form:
            file = form["file"]
            if not isinstance(file, UploadFile):
                raise TypeError("file must be a file")
            upload = await read_upload(file)
            kind, caption, duration = (str(form.get(name, "")) for name in ("kind", "caption", "duration"))
        sent = self._people.send_file(self._id(request), kind or "document", upload, caption, int(duration or 1))
        return shown_update(sent)

    async def checkout(self, request: Request) -> dict[str, Any]:
        """Begin to pay `total_amount` for `payload`."""
        given = await body(request)
        query = self._people.checkout(self._id(request), given["payload"], given["total_amount"])
        return {"query_id": query.id}

    async def block(self, request: Request) -> dict[str, Any]:
        """Block the bot."""
        return shown_update(self._people.block(self._id(request)))

    async def unblock(self, request: Request) -> dict[str, Any]:
        """Let the bot write again."""
        return shown_update(self._people.unblock(self._id(request)))

    async def launch(self, request: Request) -> dict[str, Any]:
        """Return the address of a Mini App with fresh launch data; the product's own when `url` is not given."""
        given = await body(request)
        url = given.get("url") or self._app_url
        theme = given.get("theme", "light")
        return {"url": self._people.launch(self._id(request), url, given.get("start_param", ""), theme)}

    async def show_file(self, request: Request) -> Response:
        """Send a file to the chat page."""
        upload = self._world.files.find(request.path_params["file_id"]).upload
        return Response(upload.content, media_type=upload.mime_type, headers={"Content-Security-Policy": "sandbox"})

    def _id(self, request: Request) -> int:
        return int(request.path_params["person_id"])

    def _chat(self, request: Request) -> Chat:
        return self._people.chat(self._id(request))


def _shown_person(chat: Chat) -> dict[str, Any]:
    return {"person": chat.person.as_user(), "started": chat.started, "blocked": chat.blocked}
