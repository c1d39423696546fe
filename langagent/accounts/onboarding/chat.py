"""The first profile, set up in the chat by buttons, on the draft that the app shares."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

from langagent.accounts.languages import GOALS, LANGUAGES, LEVELS, POPULAR, in_display_order, is_at_least, levels_path
from langagent.accounts.legal import DOCUMENTS, legal_text
from langagent.accounts.onboarding.models import Draft, DraftAnswer, Kept
from langagent.accounts.onboarding.service import Drafts
from langagent.accounts.profiles.models import NewProfile
from langagent.accounts.profiles.service import Profiles
from langagent.accounts.users.models import UserChanges
from langagent.accounts.users.service import Users
from langagent.core import i18n
from langagent.core.chat.arguments import number_at, word_at
from langagent.core.chat.context import Chat
from langagent.core.chat.deep_links import DeepLink, read_link
from langagent.core.chat.keyboards import Button, Keyboard, press
from langagent.core.chat.registry import Handle, Registry
from langagent.core.chat.screens import Screens
from langagent.core.errors import AppError, ErrorCode

_COLUMNS: Final = 2

Resume = Callable[[Chat, str], Awaitable[None]]
StarterKey = Callable[[str], str | None]


class OnboardingChat:
    """Every step edits one message: language, level, and if the learner likes target, goals and a starter deck.

    What was written, and the deep link that was opened, before there was a profile are dealt with at the end.

    Args:
        starter_key: of the deck to begin a language with.
    """

    def __init__(
        self, profiles: Profiles, users: Users, drafts: Drafts, starter_key: StarterKey, screens: Screens
    ) -> None:
        self._profiles = profiles
        self._users = users
        self._drafts = drafts
        self._starter_key = starter_key
        self._screens = screens
        self._resume: Resume | None = None
        self._steps: dict[str, Handle] = {
            "start": self._start,
            "native": self._native,
            "all": self._all_languages,
            "language": self._language,
            "level": self._level,
            "target": self._target,
            "goal": self._goal,
            "starter": self._starter,
        }

    def register(self, registry: Registry) -> None:
        registry.press("onb", self._step)

    def resume_with(self, resume: Resume) -> None:
        """Lets a room above answer, after the set-up, what was written before it."""
        self._resume = resume

    def guard(self, handle: Handle) -> Handle:
        """The handler, before which those without a profile are asked to set one up."""

        async def guarded(chat: Chat) -> None:
            try:
                await handle(chat)
            except AppError as refusal:
                if refusal.code is not ErrorCode.PROFILE_NOT_FOUND:
                    raise
                chat.take_back()
                await self.greet(chat, Kept(said="" if chat.command else chat.text))

        return guarded

    async def greet(self, chat: Chat, kept: Kept) -> None:
        """The first message, for those without a profile; what they came with is kept until they have one."""
        if kept != Kept():
            await self._drafts.keep(chat.user_id, kept)
        text = chat.say("start.new", name=chat.incoming.sender.first_name)
        if kept.said:
            text += "\n\n" + chat.say("start.kept")
        start = press(chat.say("onboarding.start"), "onb", "start")
        chat.reply(text, [[start], [self._screens.button(chat.say("app.open"), DeepLink("home"))]])

    async def _step(self, chat: Chat) -> None:
        step = self._steps.get(word_at(chat, 0))
        if step is None or await self._profiles.listed(chat.principal):
            chat.gone()
        else:
            await step(chat)

    async def _start(self, chat: Chat) -> None:
        version = legal_text(DOCUMENTS[0], chat.language).version
        await self._users.change(chat.principal, UserChanges(consent_version=version))
        self._ask_language(chat, popular=True)

    async def _native(self, chat: Chat) -> None:
        native = word_at(chat, 1)
        if native not in i18n.LANGUAGES:
            chat.gone()
            return
        await self._users.change(chat.principal, UserChanges.model_validate({"native_language": native}))
        chat.principal = replace(chat.principal, language=native)
        self._ask_language(chat, popular=True)

    async def _all_languages(self, chat: Chat) -> None:
        self._ask_language(chat, popular=False)

    async def _language(self, chat: Chat) -> None:
        await self._choose(chat, language=word_at(chat, 1), current_level=None, target_level=None)
        chat.edit(chat.say("onboarding.level"), _grid([_level(level, "level") for level in LEVELS], 3))

    async def _level(self, chat: Chat) -> None:
        draft = await self._choose(chat, current_level=word_at(chat, 1), target_level=None)
        if draft.language is None or draft.current_level is None:
            self._ask_language(chat, popular=True)
            return
        higher = [_level(level, "target") for level in LEVELS if is_at_least(level, draft.current_level)]
        chat.edit(chat.say("onboarding.target"), [*_grid(higher, 3), [press(chat.say("press.skip"), "onb", "starter")]])

    async def _target(self, chat: Chat) -> None:
        self._ask_goals(chat, await self._choose(chat, target_level=word_at(chat, 1)))

    async def _goal(self, chat: Chat) -> None:
        goal, is_chosen = word_at(chat, 1), number_at(chat, 2) == 1
        draft = await self._drafts.read(chat.user_id)
        others = [each for each in draft.goals or [] if each != goal]
        goals = [*others, goal] if is_chosen else others
        self._ask_goals(chat, await self._choose(chat, goals=goals or None))

    async def _starter(self, chat: Chat) -> None:
        draft = await self._drafts.read(chat.user_id)
        if draft.language is None or draft.current_level is None:
            self._ask_language(chat, popular=True)
            return
        key = self._starter_key(draft.language)
        if key is not None and len(chat.arguments) == 1:
            wanted = press(chat.say("onboarding.starter.yes"), "onb", "starter", 1)
            unwanted = press(chat.say("onboarding.starter.no"), "onb", "starter", 0)
            chat.edit(chat.say("onboarding.starter"), [[wanted], [unwanted]])
            return
        is_wanted = key is not None and number_at(chat, 1) == 1
        await self._finish(chat, draft, key if is_wanted else None)

    async def _finish(self, chat: Chat, draft: DraftAnswer, starter_deck: str | None) -> None:
        kept = await self._drafts.kept(chat.user_id)
        chosen = draft.model_dump(exclude_none=True, exclude={"native_language"})
        profile = await self._profiles.create(
            chat.principal, NewProfile.model_validate(chosen | {"starter_deck": starter_deck})
        )
        levels = levels_path(profile.current_level, profile.target_level)
        text = chat.say("onboarding.done", language=profile.language_name, levels=levels)
        if starter_deck is None:
            chat.edit(text + "\n\n" + chat.say("onboarding.first_words"), [])
        else:
            chat.edit(text, [[press(chat.say("practice.start"), "practice")]])
        await self._take_up(chat, kept)

    async def _take_up(self, chat: Chat, kept: Kept) -> None:
        """Deals with what came before the profile."""
        if (origin := read_link(kept.origin)) is not None:
            chat.reply(chat.say("start.opened"), [[self._screens.button(chat.say("app.open"), origin)]])
        if kept.said and self._resume is not None:
            await self._resume(chat, kept.said)

    def _ask_language(self, chat: Chat, *, popular: bool) -> None:
        languages = [each for each in in_display_order(chat.language) if not popular or each.code in POPULAR]
        buttons = [press(f"{each.flag} {each.name(chat.language)}", "onb", "language", each.code) for each in languages]
        rows: list[list[Button]] = _grid(buttons, _COLUMNS)
        if popular:
            rows.append([press(chat.say("onboarding.all_languages"), "onb", "all")])
        for native in i18n.LANGUAGES:
            if native != chat.language:
                name = LANGUAGES[native].name_native
                rows.append([press(chat.say("onboarding.native", language=name), "onb", "native", native)])
        chat.edit(chat.say("onboarding.language"), rows)

    def _ask_goals(self, chat: Chat, draft: DraftAnswer) -> None:
        chosen = draft.goals or []
        buttons = []
        for goal in GOALS:
            name, is_chosen = i18n.text(chat.language, f"goals.{goal}"), goal in chosen
            buttons.append(press(f"✓ {name}" if is_chosen else name, "onb", "goal", goal, int(not is_chosen)))
        forward = chat.say("press.forward") if chosen else chat.say("press.skip")
        keyboard: Keyboard = [*_grid(buttons, _COLUMNS), [press(forward, "onb", "starter")]]
        chat.edit(chat.say("onboarding.goals"), keyboard)

    async def _choose(self, chat: Chat, **choices: Any) -> DraftAnswer:
        draft = await self._drafts.read(chat.user_id)
        return await self._drafts.replace(chat.user_id, Draft.model_validate(draft.model_dump() | choices))


def _level(level: str, step: str) -> Button:
    return press(level, "onb", step, level)


def _grid(buttons: list[Button], columns: int) -> list[list[Button]]:
    return [buttons[start : start + columns] for start in range(0, len(buttons), columns)]
