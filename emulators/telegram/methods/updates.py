"""How the bot gets its updates: polling or a webhook."""

import re
from typing import Any, NamedTuple

from emulators.telegram.errors import bad_request, conflict
from emulators.telegram.params import Params
from emulators.telegram.rules.links import is_local, split_link
from emulators.telegram.webhook import Webhook
from emulators.telegram.world import World

_LONGEST_POLL = 50
_MOST = 100
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_PORTS = (80, 88, 443, 8443)
_KINDS = frozenset(
    {"inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query"}
    | {"message", "edited_message", "channel_post", "edited_channel_post", "message_reaction", "message_reaction_count"}
    | {"business_connection", "business_message", "edited_business_message", "deleted_business_messages"}
    | {"my_chat_member", "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost"}
    | {"poll", "poll_answer", "purchased_paid_media"}
)


class Described(NamedTuple):
    """A result that Telegram explains in words."""

    result: bool
    description: str


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Return what waits, or wait for it; a newer poll ends this one."""
    _refuse_beside_webhook(world)
    _set_allowed(world, params)
    if offset := params.integer("offset", 0):
        world.updates.confirm(offset)
    limit = min(max(params.integer("limit", _MOST), 1), _MOST)
    deadline = world.clock.now() + min(max(params.integer("timeout", 0), 0), _LONGEST_POLL)
    turn = world.poll_turn = world.poll_turn + 1
    world.updates.changed.notify()
    while True:
        waiting = [update.json() for update in world.updates.pending()[:limit]]
        left = deadline - world.clock.now()
        if waiting or left <= 0 or world.closing:
            return waiting
        await world.updates.changed.wait(world.clock, left)
        if turn != world.poll_turn:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        if world.webhook.url:
            raise conflict("terminated by setWebhook request")


async def set_webhook(world: World, params: Params) -> Described:
    """Send updates to an address from now on; an empty one ends that."""
    url = params.text("url")
    if not url:
        return await delete_webhook(world, params)
    _check_address(url)
    if not _SECRET.fullmatch(params.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    _set_allowed(world, params)
    _drop_pending(world, params)
    world.webhook = Webhook(
        url,
        params.text("secret_token"),
        min(max(params.integer("max_connections", 40), 1), 100),
        params.text("ip_address"),
    )
    await world.start_delivery()
    world.updates.changed.notify()
    return Described(True, "Webhook was set")


async def delete_webhook(world: World, params: Params) -> Described:
    """Send updates nowhere; they wait for polling."""
    was_set = bool(world.webhook.url)
    await world.stop_delivery()
    world.webhook = Webhook("")
    _drop_pending(world, params)
    return Described(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


async def get_webhook_info(world: World, _: Params) -> dict[str, Any]:
    """Return where updates go, how many wait and what went wrong last."""
    webhook = world.webhook
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending()),
    }
    if webhook.last_error_date:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error_message}
    if webhook.url:
        info |= {"max_connections": webhook.max_connections, "ip_address": webhook.ip_address or "127.0.0.1"}
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


def _refuse_beside_webhook(world: World) -> None:
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )


def _check_address(url: str) -> None:
    parts = split_link(url)
    if is_local(parts):
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _set_allowed(world: World, params: Params) -> None:
    if "allowed_updates" not in params:
        return
    given = params.json("allowed_updates") or []
    if not isinstance(given, list):
        raise bad_request("allowed_updates must be an Array of String")
    world.updates.allowed = [kind for kind in given if isinstance(kind, str) and kind in _KINDS]


def _drop_pending(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.forget_all()
