"""The product's worker with one handler that writes down what it handled, as a process that may be killed."""

import os

import uvloop

from benchmarks.intake.worker import work
from langagent.core import logging
from langagent.core.chat.context import Chat
from langagent.core.chat.registry import TEXT, Registry
from langagent.core.database import Database
from langagent.settings import Settings


class Writing:
    """One row for each update, in its transaction, and one answer with the update's number."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.registry = Registry()
        self.registry.content(TEXT, self.write)

    async def write(self, chat: Chat) -> None:
        async with self._database.unit_of_work() as connection:
            await connection.execute(
                "insert into effects (person, number) values ($1, $2)", chat.incoming.chat_id, int(chat.text)
            )
        chat.reply(chat.text)


def main() -> None:
    logging.configure("WARNING")
    uvloop.run(work(Settings.from_environ(os.environ), lambda database: Writing(database).registry))


if __name__ == "__main__":
    main()
