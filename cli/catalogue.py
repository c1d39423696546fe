"""Every command's name and one-line help, so that `--help` imports none of them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A command that holds others; called bare, it is its default command."""

    help: str
    commands: Mapping[str, str]
    default: str = ""


COMMANDS: Mapping[str, str | Group] = {
    "dev": Group(
        "Run everything on this machine: databases, app, worker, browser client.",
        {
            "up": "Start everything and stay with it until Ctrl-C.",
            "down": "Stop what `dev up` runs.",
            "status": "Say what runs, since when, and where to reach it.",
            "logs": "Print the logs of the services.",
            "reset": "Delete the local databases.",
            "psql": "Open psql on the local database.",
            "doctor": "Check this machine and name the mend for each problem.",
        },
    ),
    "env": Group(
        "Make, check, show and rotate the .env file.",
        {
            "init": "Write a .env with generated secrets.",
            "check": "List every problem of a .env.",
            "show": "Print the .env with its secrets hidden.",
            "rotate": "Give SECRET_KEY a new value; the old one stays valid for an overlap.",
        },
    ),
    "server": Group(
        "Pin a server's host key, check the server, make it ready, bring its data back.",
        {
            "trust": "Show a server's host key and pin it.",
            "check": "Compare a server with what is advised and name the mend for each problem.",
            "setup": "Make a bare server ready for deploys.",
            "restore": "Bring the data of a backup back under the release that serves, behind the maintenance page.",
        },
    ),
    "migrate": Group(
        "Bring the schema of the database up or down, one file at a time.",
        {
            "up": "Apply the pending migrations.",
            "down": "Take back the last migration, with the data that it made room for.",
            "status": "List every migration and whether the database has it.",
            "new": "Make the two files of a new migration.",
        },
    ),
    "certificate": Group(
        "Have a certificate for the domain, and see how long it lasts.",
        {
            "start": "Have a certificate to start with: a self-signed one, unless one is in use.",
            "obtain": "Have a certificate of the ACME server in use; asked when none lasts.",
            "status": "Say how long the certificate in use lasts; exit 17 when its renewal is long overdue.",
        },
    ),
    "web": Group(
        "Build and publish the browser client.",
        {
            "build": "Build the browser client of this checkout.",
            "publish": "Publish the built client: assets first, pages last; those of the two releases before stay.",
        },
    ),
    "telegram": Group(
        "Set, show and delete the bot's webhook.",
        {
            "set": "Have Telegram deliver updates to TELEGRAM_WEBHOOK_URL; nothing that waits is dropped.",
            "info": "Say where updates go, how many wait, and what Telegram's last error was.",
            "delete": "Have Telegram deliver nothing any more; updates wait there for 24 hours.",
        },
    ),
    "backup": Group(
        "Back the database up and look after the backups; bare, it makes one.",
        {
            "create": "Back the database up into every store that is set.",
            "list": "List the backups of every store.",
            "verify": "Read a backup back and compare every byte with its digest.",
            "prune": "Say what is too old: backups, and databases that a restore replaced; with --yes, delete it.",
            "doctor": "Check the stores and name the mend for each problem.",
            "pull": "Copy a backup into a folder here.",
            "erasures": "Note beside the backups who was erased, so that no restore brings them back.",
            "drill": "Restore a backup into a throw-away database, check it and note the time it took.",
        },
        default="create",
    ),
    "deploy": "Put a version live: gated, watched, and taken back by itself if it fails.",
    "rollback": "Bring an earlier release back, on the database as it is or with a backup.",
    "media": Group(
        "Copy learners' files to a bucket, prove them, bring them back.",
        {
            "sync": "Copy what the bucket lacks; single files are copied again, whatever it holds.",
            "verify": "Read every file and every copy back, and compare with its digest and with the database.",
            "restore": "Bring files back from the bucket: single ones, else all that are known and missing.",
        },
    ),
    "releases": "List every release of a server: when, by whom, how it ended, how long it took.",
    "status": "Say what runs on a server, since when, and whether somebody is changing it.",
    "logs": "Print what the services of a server say.",
    "exec": "Run a command in a service of a server; the exit code is the command's.",
    "restore": "Put a backup in the place of the database; the old one is kept for 7 days.",
    "notify": Group(
        "See to it that alerts reach you.",
        {"test": "Send one message through each alert channel and say which failed."},
    ),
    "health": "Say how well an app is and how old backups and drills are; with --host, all of a server.",
    "worker": "Run the product's background process.",
    "schedule": "Run the operations' background process: backups, retention, drills, alerts.",
}
