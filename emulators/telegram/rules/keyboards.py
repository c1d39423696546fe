"""Reply markup: what may stand under a message."""

from typing import Any

from emulators.telegram.errors import bad_request
from emulators.telegram.rules.links import refused_link

_MAX_DATA = 64
_MAX_BUTTONS = 100
_ACTIONS = (
    "url",
    "login_url",
    "web_app",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def checked_markup(markup: Any) -> dict[str, Any] | None:
    """Return the markup of a message as Telegram keeps it, or None when there is none."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": _rows(markup["inline_keyboard"], "inline keyboard", _inline_button)}
    if "keyboard" in markup:
        return {**markup, "keyboard": _rows(markup["keyboard"], "keyboard", _reply_button)}
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def _rows(rows: Any, name: str, check: Any) -> list[list[dict[str, Any]]]:
    if not isinstance(rows, list):
        raise bad_request(f'field "{name.replace(" ", "_")}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name.replace(" ", "_")}" must be an Array of Arrays')
    if sum(map(len, rows)) > _MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return [[check(button) for button in row] for row in rows if row]


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    action = next((name for name in _ACTIONS if name in button), None)
    if action is None:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _check_action(action, button[action])
    return {"text": button["text"], action: button[action]}


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= _MAX_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        _check_link("inline keyboard button URL", value, https=False)
    elif action == "web_app":
        _check_link("inline keyboard button Web App URL", web_app_url(value), https=True)


def web_app_url(value: Any) -> str:
    """Return the address inside a `web_app` object."""
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        raise bad_request("can't parse Web App: Can't find field \"url\"")
    return str(value["url"])


def _check_link(name: str, url: Any, *, https: bool) -> None:
    if reason := refused_link(str(url), https=https):
        raise bad_request(f"{name} '{url}' is invalid: {reason}")


def _reply_button(button: Any) -> dict[str, Any]:
    shaped = {"text": button} if isinstance(button, str) else button
    if not isinstance(shaped, dict) or not isinstance(shaped.get("text"), str) or not shaped["text"]:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if "web_app" in shaped:
        _check_link("keyboard button Web App URL", web_app_url(shaped["web_app"]), https=True)
    return shaped


def checked_menu_button(button: Any) -> dict[str, Any]:
    """Return a chat's menu button as Telegram keeps it."""
    if button is None:
        return {"type": "default"}
    kind = button.get("type") if isinstance(button, dict) else None
    if kind in ("default", "commands"):
        return {"type": kind}
    if kind != "web_app":
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    if not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request("can't parse menu button: Can't find field \"text\"")
    _check_link("menu button Web App URL", web_app_url(button.get("web_app")), https=True)
    return {"type": "web_app", "text": button["text"], "web_app": {"url": web_app_url(button["web_app"])}}
