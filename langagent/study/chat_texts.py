"""What study says in the chat: captions, intervals, moments; pure but for the catalogue."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from langagent.core import i18n
from langagent.core.chat.context import Chat
from langagent.core.clock import learning_day
from langagent.study.scheduling import Rating
from langagent.study.sessions.models import RatingShares

_HOUR_M = 60
_DAY_H = 24
_MONTH_D = 30.4
_YEAR_D = 365


def rating_name(chat: Chat, rating: Rating) -> str:
    return i18n.text(chat.language, f"ratings.{rating.name.lower()}")


def short_wait(chat: Chat, seconds: float) -> str:
    """How long until a card comes back, for a button."""
    unit, count = _in_largest_unit(seconds)
    return chat.say(f"interval.{unit}", count=count)


def wait(chat: Chat, seconds: float) -> str:
    """How long until a card comes back, in a sentence."""
    unit, count = _in_largest_unit(seconds)
    return chat.say_many(f"wait.{unit}", count)


def _in_largest_unit(seconds: float) -> tuple[str, int]:
    minutes = max(1, round(seconds / 60))
    if minutes < _HOUR_M:
        return "minutes", minutes
    if (hours := round(minutes / _HOUR_M)) < _DAY_H:
        return "hours", hours
    if (days := round(hours / _DAY_H)) <= _MONTH_D:
        return "days", days
    if days < 2 * _YEAR_D:
        return "months", round(days / _MONTH_D)
    return "years", round(days / _YEAR_D)


def moment(chat: Chat, at: datetime, now: datetime) -> str:
    """When in the learner's days a card comes; only today's have an hour: the others wait from the morning on."""
    zone = chat.principal.timezone
    day, today = learning_day(at, zone), learning_day(now, zone)
    if day <= today:
        return chat.say("moment.today", time=f"{at.astimezone(ZoneInfo(zone)):%H:%M}")
    if day == today + timedelta(days=1):
        return chat.say("moment.tomorrow")
    from babel.dates import format_skeleton

    return chat.say("moment.day", day=format_skeleton("MMMMd", day, locale=chat.language))


def rating_counts(chat: Chat, ratings: RatingShares) -> str:
    """The counts of a session, a line for each rating that was given."""
    counts = {rating: getattr(ratings, rating.name.lower()).count for rating in Rating}
    return "\n".join(f"{rating_name(chat, rating)}: {count}" for rating, count in counts.items() if count)
