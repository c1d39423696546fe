"""Answers to pressed buttons and to checkouts."""

from emulators.telegram.errors import bad_request
from emulators.telegram.params import Params
from emulators.telegram.rules.units import utf16_length
from emulators.telegram.world import World

_MAX_ANSWER = 200


async def answer_callback_query(world: World, params: Params) -> bool:
    """End the waiting of a pressed button, with or without a word."""
    query = world.open_query(params.text("callback_query_id"))
    text = params.text("text")
    if utf16_length(text) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {"text": text, "show_alert": params.flag("show_alert")}
    world.events.send("answer", query.chat.person.id, query_id=query.id, **query.answer)
    return True


async def answer_pre_checkout_query(world: World, params: Params) -> bool:
    """Accept or refuse a payment; an accepted one is paid at once."""
    query = world.open_query(params.text("pre_checkout_query_id"))
    accepted = params.flag("ok")
    reason = params.text("error_message")
    if not accepted and not reason:
        raise bad_request("pre-checkout query error message must be non-empty")
    if query.answer is None and accepted:
        paid = query.details | {
            "telegram_payment_charge_id": f"stars-{query.id}",
            "provider_payment_charge_id": f"{query.chat.person.id}_{query.id}",
        }
        message = world.post(query.chat, query.chat.person.as_user(), {"successful_payment": paid})
        world.updates.add("message", message.json(), query.chat.person.id)
    query.answer = {"ok": accepted, "text": reason}
    world.events.send("checkout", query.chat.person.id, query_id=query.id, **query.answer)
    return True
