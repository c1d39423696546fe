"""The steps of a plan, by their names."""

from ops.errors import ConfigurationError
from ops.steps.background import Background
from ops.steps.backup import Backup, FirstBackup
from ops.steps.base import Step
from ops.steps.base_services import BaseServices
from ops.steps.certificate import Certificate
from ops.steps.gate import Gate
from ops.steps.gate_proxy import GateProxy
from ops.steps.hold import Hold
from ops.steps.migrate import Migrate
from ops.steps.publish import Publish
from ops.steps.pull import Pull
from ops.steps.record import Record
from ops.steps.reopen import Reopen
from ops.steps.restore import Restore
from ops.steps.retire import Retire
from ops.steps.start import Start
from ops.steps.switch import Switch
from ops.steps.tools import Tools, ToolStep
from ops.steps.watch import Watch
from ops.steps.webhook import Webhook

STEPS: dict[str, type[ToolStep]] = {
    kind.name: kind
    for kind in (
        *(Pull, BaseServices, Backup, Migrate, Start, Gate, Publish, Switch, GateProxy, Watch, Background),
        *(Certificate, Webhook, FirstBackup, Retire, Record, Hold, Restore, Reopen),
    )
}


def steps(tools: Tools) -> list[Step]:
    """Return the steps of the plan.

    Raises:
        ConfigurationError: the plan comes from a release that knows more steps than this one.
    """
    unknown = [name for name in tools.plan.steps if name not in STEPS]
    if unknown:
        raise ConfigurationError(
            f"The plan has steps that the executor does not know: {', '.join(unknown)}.",
            state="Nothing was changed.",
            next_command="update the `langagent` command to the release that serves",
        )
    return [STEPS[name](tools) for name in tools.plan.steps]
