"""Troubles on request: floods, server errors, silence, cut connections, slowness."""

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["flood", "error", "hang", "drop", "slow"]


@dataclass(slots=True)
class Fault:
    """What the next calls meet.

    Attributes:
        kind: 429 with `seconds` as retry_after, an HTTP `status`, no answer for `seconds`, a cut connection,
            or an answer that comes `seconds` late.
        method: only this method, in Telegram's spelling; all when empty.
        chat_id: only calls about this chat.
        times: how many calls; None for all until the faults are cleared.
        after_effect: the call takes effect first, and only its answer is lost.
    """

    kind: FaultKind
    method: str = ""
    chat_id: int | None = None
    times: int | None = 1
    seconds: float = 5
    status: int = 502
    after_effect: bool = False

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Tell whether a call runs into the fault."""
        return self.method.lower() in ("", method.lower()) and self.chat_id in (None, chat_id)


class Faults:
    """The faults in waiting, oldest first."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let the fault happen."""
        self.waiting.append(fault)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the fault that a call meets, and use up one of its times."""
        fault = next((fault for fault in self.waiting if fault.meets(method, chat_id)), None)
        if fault and fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
        return fault

    def clear(self) -> None:
        """Drop all faults."""
        self.waiting.clear()
