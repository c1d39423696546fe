"""Every handler of the bot, wired from the lowest room to the highest."""

from langagent.accounts.chat import AccountsChat
from langagent.accounts.onboarding.chat import OnboardingChat
from langagent.accounts.profiles.chat import ProfilesChat
from langagent.accounts.room import Accounts
from langagent.cards.chat import CaptureChat
from langagent.cards.creation.chat import CreationChat
from langagent.cards.decks.chat import DecksChat
from langagent.cards.room import CardsRoom
from langagent.cards.starters import starter_key
from langagent.core.chat.registry import Registry
from langagent.core.chat.screens import Screens
from langagent.core.floor import Floor
from langagent.study.chat import StudyChat
from langagent.study.room import StudyRoom


def register_chats(floor: Floor, accounts: Accounts, cards: CardsRoom, study: StudyRoom) -> Registry:
    """What the bot answers."""
    registry = Registry()
    screens = Screens(floor.settings.app_url, bool(floor.settings.local_telegram))
    onboarding = OnboardingChat(accounts.profiles, accounts.users, accounts.drafts, starter_key, screens)
    creation = CreationChat(cards.creation, cards.cards, onboarding, screens)
    chats = (
        onboarding,
        AccountsChat(floor, accounts.profiles, accounts.codes, onboarding, screens),
        ProfilesChat(accounts.profiles, onboarding, screens),
        DecksChat(cards.decks, onboarding),
        creation,
        CaptureChat(floor, accounts.profiles, creation, onboarding, screens),
        StudyChat(floor, study.queue, study.ratings, study.sessions, cards.decks, onboarding, screens),
    )
    for chat in chats:
        chat.register(registry)
    return registry
