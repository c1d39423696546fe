"""The nightly job `optimise_due`: fits the schedulers of those who learnt enough since a month ago."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from langagent.jobs.service import Run
from langagent.study.optimisation.service import Optimisation

OPTIMISE_DUE: Final = "optimise_due"


@dataclass(frozen=True, slots=True)
class OptimiseDueTask:
    optimisation: Optimisation

    async def run(self, _run: Run) -> None:
        seen: UUID | None = UUID(int=0)
        while seen is not None:
            seen = await self.optimisation.start_due(seen)
