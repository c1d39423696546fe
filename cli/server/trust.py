"""`langagent server trust`."""

from typing import Annotated

import typer

from cli.dev.options import Yes
from cli.output import Output
from cli.server.options import HostName, Port, User, target


def command(
    ctx: typer.Context,
    host: HostName,
    user: User = "",
    port: Port = 22,
    fingerprint: Annotated[
        str,
        typer.Option(
            "--fingerprint",
            envvar="SERVER_FINGERPRINT",
            help="Pin without a question if the key has this one (SHA256:…), which the server's own console shows.",
        ),
    ] = "",
    yes: Yes = False,
) -> None:
    """Show a server's host key and pin it."""
    from ops.errors import HostKeyError
    from ops.hosts import keys

    output = Output.of(ctx)
    address = target(host, user, port, None).address
    key = keys.offered(address)
    if fingerprint and fingerprint != key.fingerprint:
        raise HostKeyError(
            f"{address} offers {keys.described(key)}, not {fingerprint}.",
            state="Nothing was pinned.",
            next_command="ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub (at the server's own console)",
        )
    output.say(f"{address} offers {keys.described(key)}")
    output.confirm("Is that what the server's own console shows?", yes=yes or bool(fingerprint))
    keys.pin(keys.PROJECT_KEYS, address, key)
    pinned = {"host": address.known_as, "key": key.get_name(), "fingerprint": key.fingerprint}
    output.result(pinned, f"Pinned in {keys.PROJECT_KEYS}. Next: langagent server check --host {address}")
