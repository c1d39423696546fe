"""Studying in the chat: one message that is edited from the front of a card to its result, and on to the next."""

from dataclasses import dataclass
from typing import Final
from uuid import uuid5

from langagent.accounts.onboarding.chat import OnboardingChat
from langagent.cards.chat_texts import card_text, side_text
from langagent.cards.decks.service import Decks
from langagent.cards.models import CardAnswer
from langagent.core.chat.arguments import id_at, number_at
from langagent.core.chat.context import Chat
from langagent.core.chat.deep_links import DeepLink, link_to
from langagent.core.chat.keyboards import Button, Keyboard, press
from langagent.core.chat.registry import Handle, Registry
from langagent.core.chat.screens import Screens
from langagent.core.clock import day_end
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.study.chat_texts import moment, rating_counts, rating_name, short_wait, wait
from langagent.study.queue.models import Mode, NextAnswer, Shown
from langagent.study.queue.service import StudyQueue
from langagent.study.ratings.models import RatedAnswer, RatingBody
from langagent.study.ratings.service import Ratings
from langagent.study.scheduling import Rating
from langagent.study.sessions.service import Sessions

QUICK: Final = 10
ENDLESS: Final = 0
_STALE: Final = (ErrorCode.CARD_NOT_FOUND, ErrorCode.CONFLICT)

Screen = tuple[str, Keyboard]


@dataclass(frozen=True, slots=True)
class StudyChat:
    """Buttons of a quick review end with the number of cards that are left of it."""

    floor: Floor
    queue: StudyQueue
    ratings: Ratings
    sessions: Sessions
    decks: Decks
    onboarding: OnboardingChat
    screens: Screens

    def register(self, registry: Registry) -> None:
        guard = self.onboarding.guard
        registry.command("cards", guard(self.begin), "card", "study")
        registry.command("quick_review", guard(self.begin_quick))
        registry.press("practice", guard(self.begin))
        registry.press("card.next", guard(self.next))
        registry.press("card.show", _unless_stale(self.show))
        registry.press("card.flip", _unless_stale(self.flip))
        registry.press("card.rate", _unless_stale(self.rate))
        registry.press("card.undo", guard(self.undo))

    async def begin(self, chat: Chat) -> None:
        text, keyboard = await self._serve(chat, ENDLESS)
        chat.reply(await self._ended(chat) + text, keyboard)

    async def begin_quick(self, chat: Chat) -> None:
        text, keyboard = await self._serve(chat, QUICK)
        chat.reply(await self._ended(chat) + text, keyboard)

    async def next(self, chat: Chat) -> None:
        chat.edit(*await self._serve(chat, _left(chat, 0)))

    async def show(self, chat: Chat) -> None:
        shown = await self.queue.show(chat.principal, id_at(chat, 0))
        chat.edit(*_front(chat, shown.card, is_native=shown.side == "native", left=_left(chat, 1)))

    async def flip(self, chat: Chat) -> None:
        shown = await self.queue.show(chat.principal, id_at(chat, 0))
        chat.edit(*_back(chat, shown, _left(chat, 1)))

    async def rate(self, chat: Chat) -> None:
        card_id, rating, reps = id_at(chat, 0), number_at(chat, 1), number_at(chat, 2)
        if not Rating.AGAIN <= rating <= Rating.EASY:
            raise AppError(ErrorCode.CONFLICT)
        shown = await self.queue.show(chat.principal, card_id)
        body = RatingBody(
            card_id=card_id,
            rating=rating,
            client_id=uuid5(chat.user_id, str(chat.incoming.update_id)),
            session_id=await self.sessions.current(chat.principal) or self.sessions.new_id(),
            deck_id="all",
        )
        rated = await self.ratings.rate_in_chat(chat.principal, body, reps)
        chat.edit(*self._result(chat, shown.card, rated, _left(chat, 3)))

    async def undo(self, chat: Chat) -> None:
        undone = await self.ratings.undo(chat.principal, "all")
        chat.edit(*_back(chat, undone.card, _left(chat, 0)))

    async def _serve(self, chat: Chat, left: int) -> Screen:
        mode: Mode = "due" if left else "mixed"
        answer = await self.queue.next(chat.principal, None, mode)
        if (card := _ready(answer, left)) is not None:
            return self._card(chat, card, answer, left)
        decks = await self.decks.listed(chat.principal, None, "all")
        if not any(deck.cards_count for deck in decks):
            return chat.say("study.no_cards"), []
        active = [deck for deck in decks if deck.is_active and deck.cards_count]
        if not active:
            answer = await self.queue.next(chat.principal, "all", mode)
        if (card := _ready(answer, left)) is not None:
            return self._card(chat, card, answer, left)
        if left and answer.counts.new:
            return chat.say("study.nothing_due"), [[press(chat.say("study.new_cards"), "practice")]]
        return await self._done(chat, has_new=any(deck.new_cards_count for deck in active or decks))

    def _card(self, chat: Chat, card: CardAnswer, answer: NextAnswer, left: int) -> Screen:
        if answer.ready_at is None:
            return _front(chat, card, is_native=answer.side == "native", left=left)
        now = press(chat.say("study.show_now"), "card.show", card.id.hex, *_carried(left))
        return chat.say("study.waiting", moment=moment(chat, answer.ready_at, self.floor.clock())), [[now]]

    async def _done(self, chat: Chat, *, has_new: bool) -> Screen:
        parts, now = [chat.say("study.done")], self.floor.clock()
        session = await self.sessions.current(chat.principal) or self.sessions.new_id()
        summary = await self.sessions.summary(chat.principal, session)
        if summary.studied:
            counted = rating_counts(chat, summary.ratings)
            parts.append(chat.say_many("study.session", summary.studied) + "\n" + counted)
        tomorrow = [day_end(now, chat.principal.timezone)] if has_new else []
        if coming := [*tomorrow, *([summary.next_due_at] if summary.next_due_at else [])]:
            parts.append(chat.say("study.next_at", moment=moment(chat, min(coming), now)))
        return "\n\n".join(parts), [[self._app(chat)]]

    async def _ended(self, chat: Chat) -> str:
        """What the session before the pause came to."""
        session = await self.sessions.ended(chat.principal)
        if session is None:
            return ""
        summary = await self.sessions.summary(chat.principal, session)
        counts = rating_counts(chat, summary.ratings).replace("\n", ", ")
        return chat.say("study.last_time", counts=counts) + "\n\n" if summary.studied else ""

    def _result(self, chat: Chat, card: CardAnswer, rated: RatedAnswer, left: int) -> Screen:
        undo, rest = press(chat.say("study.undo"), "card.undo", *_carried(left)), left - 1
        if rated.status == "suspended":
            mend = self.screens.button(chat.say("study.leech.open"), link_to("card", card.id))
            text = chat.say("study.leech", word=card.word, translation=card.translation, count=rated.lapses)
            return text, [[mend], [_next(chat, max(rest, ENDLESS))], [undo]]
        rating, seconds = Rating(rated.last_rating), (rated.due - rated.last_reviewed_at).total_seconds()
        text = chat.say(
            "study.rated",
            word=card.word,
            translation=card.translation,
            mark="🔁" if rating is Rating.AGAIN else "✅",
            rating=rating_name(chat, rating),
            wait=wait(chat, seconds),
        )
        if rest == ENDLESS:
            text += "\n\n" + chat.say_many("study.quick_done", QUICK)
        return text, [[_next(chat, max(rest, ENDLESS))], [undo, self._app(chat)]]

    def _app(self, chat: Chat) -> Button:
        return self.screens.button(chat.say("app.open"), DeepLink("cards"))


def _ready(answer: NextAnswer, left: int) -> CardAnswer | None:
    """The card to show; a quick review does not wait for one."""
    return None if left and answer.status == "waiting" else answer.card


def _unless_stale(handle: Handle) -> Handle:
    """The handler of a button that is gone when its card is, or was rated elsewhere."""

    async def guarded(chat: Chat) -> None:
        try:
            await handle(chat)
        except AppError as refusal:
            if refusal.code not in _STALE:
                raise
            chat.take_back()
            chat.gone()

    return guarded


def _front(chat: Chat, card: CardAnswer, *, is_native: bool, left: int) -> Screen:
    return side_text(card, is_native=is_native), [
        [press(chat.say("study.show"), "card.flip", card.id.hex, *_carried(left))]
    ]


def _back(chat: Chat, shown: Shown, left: int) -> Screen:
    card = shown.card
    row = []
    for rating in Rating:
        caption = f"{rating_name(chat, rating)} {short_wait(chat, getattr(shown.previews, rating.name.lower()))}"
        row.append(press(caption, "card.rate", card.id.hex, int(rating), card.reviews_count, *_carried(left)))
    return card_text(card), [row]


def _left(chat: Chat, position: int) -> int:
    return number_at(chat, position) if len(chat.arguments) > position else ENDLESS


def _carried(left: int) -> tuple[int, ...]:
    return () if left == ENDLESS else (left,)


def _next(chat: Chat, left: int) -> Button:
    return press(chat.say("study.next"), "card.next", *_carried(left))
