"""What each task did last, noted so that a new process makes up for what was missed."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from ops.notebook import Notebook
from ops.schedule.plan import Record, Records


class Ledger:
    """The records of all tasks."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.records: Records = _known(notebook.read())

    def succeeded(self, name: str, began: datetime, ended: datetime) -> None:
        """Note a run that did its work."""
        self._keep(name, Record(began=began, ended=ended))

    def failed(self, name: str, now: datetime, problem: str) -> None:
        """Note a run that did not."""
        last = self.records.get(name, Record())
        self._keep(name, replace(last, failures=last.failures + 1, failed=now, problem=problem))

    def _keep(self, name: str, record: Record) -> None:
        self.records = {**self.records, name: record}
        self._notebook.write({task: asdict(record) for task, record in self.records.items()})


def _known(notes: Mapping[str, Any]) -> dict[str, Record]:
    try:
        return {name: _record(fields) for name, fields in notes.items()}
    except (ValueError, KeyError, TypeError):
        return {}


def _record(fields: Mapping[str, Any]) -> Record:
    times = {name: datetime.fromisoformat(fields[name]) for name in ("began", "ended", "failed") if fields[name]}
    return Record(failures=int(fields["failures"]), problem=str(fields["problem"]), **times)
