"""Which steps a release takes, and what each says of itself."""

from ops.plan.models import Plan

_BRING_BACK = ("start", "gate", "switch", "gate_proxy")
_SETTLE = ("watch", "background", "retire")


def deploy(*, first: bool, backup: bool) -> tuple[str, ...]:
    """Return the steps of a deploy; before the first there is nothing to back up, after it there is."""
    before, after = (("backup",), ()) if not first else ((), ("first_backup",))
    if not backup:
        before = after = ()
    put_live = ("start", "gate", "publish", "switch", "gate_proxy")
    return ("pull", "base", *before, "migrate", *put_live, *_SETTLE, "certificate", "webhook", *after, "record")


def rollback() -> tuple[str, ...]:
    """Return the steps of a rollback: the images are there, and the schema stays as it is.

    The client's files come after the switch, which they would only delay: a backend has its own, too.
    """
    return (*_BRING_BACK, "publish", *_SETTLE, "record")


def with_backup(*, migrate: bool) -> tuple[str, ...]:
    """Return the steps that bring the data of a backup back, under an earlier release or the one that serves.

    An old backup may need migrations.
    """
    upwards = ("migrate",) if migrate else ()
    return ("hold", "restore", *upwards, *_BRING_BACK, "reopen", "publish", *_SETTLE, "record")


def described(plan: Plan) -> list[tuple[str, str]]:
    """Return each step of a plan with what it will do here."""
    told = _sentences(plan)
    return [(step, told[step]) for step in plan.steps]


def _sentences(plan: Plan) -> dict[str, str]:
    patience = plan.patience
    new, old = f"backend-{plan.colour}", f"backend-{plan.live}" if plan.live else "nothing"
    return {
        "pull": f"fetch {plan.backend}, by digest",
        "base": "have database, Redis and proxy running; running ones are left as they are",
        "backup": "back the database up and read the backup again",
        "first_backup": "back the database up for the first time",
        "migrate": "apply pending migrations as the database's owner",
        "hold": f"show the maintenance page, stop {old}, worker and schedule",
        "restore": f"put {plan.backup} in the place of the database, which is kept for 7 days",
        "reopen": "take the maintenance page away",
        "start": f"start {new}" + ("" if plan.backup else f"; {old} goes on serving"),
        "gate": f"{new} says {patience.passes} times in a row that it is ready, within {patience.timeout:g} s",
        "publish": "put the client's files beside those of the last two releases",
        "switch": f"point the proxy at {new}, test its configuration, reload it",
        "gate_proxy": "the same gate through the proxy",
        "watch": f"watch it for {patience.bake:g} s: answers and errors"
        + ("" if plan.backup else f"; {old} still runs"),
        "background": "change worker and schedule over",
        "certificate": "have a certificate for the domain",
        "webhook": "have Telegram deliver to this server",
        "retire": f"SIGTERM to {old}; it finishes its requests, stops and is kept",
        "record": f"note that it serves; keep the images of the last {plan.keep} releases, remove older ones",
    }
