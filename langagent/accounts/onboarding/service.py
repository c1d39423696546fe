"""Drafts of a first profile: kept a week in Redis, shared by bot and client."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import orjson

from langagent.accounts.onboarding.models import Draft, DraftAnswer, Kept
from langagent.accounts.profiles import rules
from langagent.core.redis import Cache

_LIFE_S: Final = int(timedelta(days=7).total_seconds())


class Drafts:
    """A draft that Redis lost is an empty one: the learner chooses again."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def read(self, user_id: UUID) -> DraftAnswer:
        stored = await self._cache.get(_key(user_id))
        return DraftAnswer() if stored is None else DraftAnswer.model_validate_json(stored)

    async def replace(self, user_id: UUID, draft: Draft) -> DraftAnswer:
        """Raises: AppError INVALID_FIELD_VALUE, INVALID_LEVEL."""
        _check(draft)
        answer = DraftAnswer.model_validate(draft.model_dump())
        await self._cache.set(_key(user_id), answer.model_dump_json(), ttl_s=_LIFE_S)
        return answer

    async def keep(self, user_id: UUID, kept: Kept) -> None:
        """Keeps what is not empty, beside what was kept before."""
        before = await self.kept(user_id)
        merged = Kept(kept.said or before.said, kept.origin or before.origin)
        await self._cache.set(_kept_key(user_id), orjson.dumps(merged), ttl_s=_LIFE_S)

    async def kept(self, user_id: UUID) -> Kept:
        stored = await self._cache.get(_kept_key(user_id))
        return Kept() if stored is None else Kept(**orjson.loads(stored))

    async def drop(self, user_id: UUID) -> None:
        """Forgets the draft, and what was kept beside it."""
        await self._cache.delete(_key(user_id), _kept_key(user_id))


def _key(user_id: UUID) -> str:
    return f"onb:{user_id}"


def _kept_key(user_id: UUID) -> str:
    return f"{_key(user_id)}:kept"


def _check(draft: Draft) -> None:
    """A draft may be half-finished, so its levels are not compared with each other."""
    if draft.language is not None:
        rules.check_language(draft.language)
    for field, level in (("current_level", draft.current_level), ("target_level", draft.target_level)):
        if level is not None:
            rules.check_level(field, level)
    if draft.goals is not None:
        rules.check_goals(draft.goals)
