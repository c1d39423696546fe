"""Have Telegram deliver to this server."""

from typing_extensions import override

from ops.errors import OpsError
from ops.steps.base import Evidence
from ops.steps.one_off import OneOff
from ops.steps.tools import ToolStep


class Webhook(ToolStep):
    """Nothing that waits at Telegram is dropped, so setting it again is harmless, and not being able to a warning."""

    name = "webhook"
    soft = True

    @override
    def do(self) -> Evidence:
        run = OneOff(self.host, self.compose, "worker", OpsError, "Telegram delivers as before.")
        state = run.langagent("telegram", "set")
        return {name: state[name] for name in ("url", "pending", "last_error")}
