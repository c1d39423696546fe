"""Drafts of a first profile: kept a week in Redis, shared by bot and client."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from langagent.accounts.onboarding.models import Draft, DraftAnswer
from langagent.accounts.profiles import rules
from langagent.core.redis import Cache

_LIFE: Final = timedelta(days=7)


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
        await self._cache.set(_key(user_id), answer.model_dump_json(), ttl_s=int(_LIFE.total_seconds()))
        return answer

    async def drop(self, user_id: UUID) -> None:
        await self._cache.delete(_key(user_id))


def _key(user_id: UUID) -> str:
    return f"onb:{user_id}"


def _check(draft: Draft) -> None:
    """A draft may be half-finished, so its levels are not compared with each other."""
    if draft.language is not None:
        rules.check_language(draft.language)
    for field, level in (("current_level", draft.current_level), ("target_level", draft.target_level)):
        if level is not None:
            rules.check_level(field, level)
    if draft.goals is not None:
        rules.check_goals(draft.goals)
