"""Makes cards of words and of complete content."""

from collections.abc import AsyncIterator, Mapping, Sequence
from uuid import UUID

from langagent.accounts.plans.models import Resource
from langagent.accounts.plans.service import Plans
from langagent.accounts.profiles.service import Profiles
from langagent.cards.adding.models import Added, Draft, Owner
from langagent.cards.adding.service import Adding, with_frequencies
from langagent.cards.content import ContentProvider, Described, Lemma, Unknown
from langagent.cards.creation.models import Batch, Bench, Found, Item, NewCard, Reason
from langagent.cards.decks.service import Decks
from langagent.cards.models import CardAnswer, CardSource
from langagent.cards.service import learning_of
from langagent.cards.text import lemma_key
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal

_Outcome = CardAnswer | UUID | Reason


class Creation:
    """First ``prepare`` a bench, then make cards on it; no content is asked for inside a transaction."""

    def __init__(
        self,
        floor: Floor,
        plans: Plans,
        profiles: Profiles,
        decks: Decks,
        adding: Adding,
        content: ContentProvider,
    ) -> None:
        self._floor = floor
        self._plans = plans
        self._profiles = profiles
        self._decks = decks
        self._adding = adding
        self._content = content

    def demand_few(self, principal: Principal, words: Sequence[str]) -> None:
        """Raises: AppError TOO_MANY_WORDS."""
        maximum = self._plans.limits(principal.plan).maximum(Resource.WORDS_PER_REQUEST)
        if maximum is not None and len(words) > maximum:
            raise AppError(ErrorCode.TOO_MANY_WORDS, details={"max": maximum})

    async def prepare(self, principal: Principal, deck_id: UUID | None, context: str = "") -> Bench:
        """Raises: AppError DECK_NOT_FOUND, FORBIDDEN, PROFILE_NOT_FOUND, LIMIT_REACHED when not one card fits."""
        owner = Owner(principal.user_id, principal.plan)
        async with self._floor.database.connection() as connection:
            shelf = await self._decks.for_new_cards(connection, principal.user_id, deck_id)
            profile = await self._profiles.own(connection, principal.user_id, shelf.profile_id)
            await self._adding.demand_room(connection, owner)
        return Bench(owner, shelf, learning_of(principal, profile), context)

    async def write(self, bench: Bench, cards: Sequence[NewCard]) -> Batch:
        """Adds complete cards, all that are new or none.

        Raises: AppError LIMIT_REACHED, DECK_NOT_FOUND.
        """
        return await self.store_written(bench, cards, await self.lemmas(bench, [card.word for card in cards]))

    async def lemmas(self, bench: Bench, words: Sequence[str]) -> list[Lemma]:
        """The base form of each word; outside a transaction."""
        return await self._content.lemmas(words, bench.learning)

    async def store_written(self, bench: Bench, cards: Sequence[NewCard], lemmas: Sequence[Lemma]) -> Batch:
        """Adds complete cards whose lemmas are known, all that are new or none.

        Raises: AppError LIMIT_REACHED, DECK_NOT_FOUND.
        """
        added = await self._add(bench, "manual", [_written(*each, bench) for each in zip(cards, lemmas, strict=True)])
        items = [_item(card.word, result) for card, result in zip(cards, added.results, strict=True)]
        return Batch(items, added.limit_warning)

    async def make(self, bench: Bench, words: Sequence[str]) -> Batch:
        """Looks words up and adds their cards, all that are new and known or none.

        Raises: AppError LIMIT_REACHED, DECK_NOT_FOUND.
        """
        return await self.store(bench, await self.look_up(bench, words))

    async def look_up(self, bench: Bench, words: Sequence[str]) -> Found:
        """Finds duplicates, and then the content of the others; outside a transaction."""
        lemmas = await self.lemmas(bench, words)
        existing = await self._existing(bench, [lemma_key(each.lemma) for each in lemmas])
        fresh = {key: each for key, each in _first_of_each_key(lemmas).items() if key not in existing}
        contents = await self._content.describe(list(fresh.values()), bench.learning, bench.context)
        return Found(words, lemmas, existing, dict(zip(fresh, contents, strict=True)))

    async def store(self, bench: Bench, found: Found) -> Batch:
        """Adds cards for what was found, all or none.

        Raises: AppError LIMIT_REACHED, DECK_NOT_FOUND.
        """
        described = [content for content in found.contents.values() if isinstance(content, Described)]
        added = await self._add(bench, "generated", [Draft.of(content) for content in described])
        results = iter(added.results)
        outcomes: dict[str, _Outcome] = {
            key: content.reason if isinstance(content, Unknown) else next(results)
            for key, content in found.contents.items()
        }
        return Batch(_in_order(found.words, found.lemmas, {**found.existing, **outcomes}), added.limit_warning)

    async def stream(self, bench: Bench, words: Sequence[str]) -> AsyncIterator[Batch]:
        """Makes one word after another; those that no longer fit into the plan fail, those before them stay."""
        for word in words:
            try:
                yield await self.make(bench, [word])
            except AppError as error:
                if error.code is not ErrorCode.LIMIT_REACHED:
                    raise
                yield Batch([Item(word=word, reason="limit")], None)

    async def _existing(self, bench: Bench, keys: Sequence[str]) -> dict[str, UUID]:
        async with self._floor.database.connection() as connection:
            return await self._adding.existing(connection, bench.shelf, keys)

    async def _add(self, bench: Bench, source: CardSource, drafts: Sequence[Draft]) -> Added:
        if not drafts:
            return Added([], None)
        known = await with_frequencies(drafts, bench.learning.language)
        async with self._floor.database.unit_of_work() as connection:
            return await self._adding.add(connection, bench.owner, bench.shelf, source, known)


def _first_of_each_key(lemmas: Sequence[Lemma]) -> dict[str, Lemma]:
    firsts: dict[str, Lemma] = {}
    for lemma in lemmas:
        firsts.setdefault(lemma_key(lemma.lemma), lemma)
    return firsts


def _written(card: NewCard, lemma: Lemma, bench: Bench) -> Draft:
    content = card.model_dump() | {"transcription": card.transcription or None}
    return Draft(**content, lemma=lemma.lemma, translation_language=bench.learning.native_language)


def _in_order(words: Sequence[str], lemmas: Sequence[Lemma], outcomes: Mapping[str, _Outcome]) -> list[Item]:
    """One item per word; a word that comes again meets the card that its first coming made."""
    left = dict(outcomes)
    items = []
    for word, lemma in zip(words, lemmas, strict=True):
        key = lemma_key(lemma.lemma)
        outcome = left[key]
        items.append(_item(word, outcome))
        if isinstance(outcome, CardAnswer):
            left[key] = outcome.id
    return items


def _item(word: str, outcome: _Outcome) -> Item:
    if isinstance(outcome, CardAnswer):
        return Item(word=word, card=outcome)
    if isinstance(outcome, UUID):
        return Item(word=word, card_id=outcome)
    return Item(word=word, reason=outcome)
