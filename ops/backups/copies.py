"""One dump written to several stores at once; a store that fails does not take the others with it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ops.backups.stores.base import Sink, Store, StoreError


class Copies:
    """The same object on its way into each store."""

    def __init__(self, stores: Iterable[Store], key: str, expected_bytes: int) -> None:
        self.failures: dict[str, StoreError] = {}
        self._key = key
        self._sinks: dict[str, tuple[Store, Sink]] = {}
        for store in stores:
            with self._tolerated(store):
                self._sinks[store.name] = (store, store.sink(key, expected_bytes=expected_bytes))
        self._require_one()

    def write(self, data: bytes, /) -> None:
        """Pass on to every store that still takes it.

        Raises:
            StoreError: none does.
        """
        for store, sink in list(self._sinks.values()):
            with self._tolerated(store):
                sink.write(data)
        self._require_one()

    def commit(self, stored_bytes: int) -> list[Store]:
        """Finish and return the stores that hold all of it, by their own count.

        Raises:
            StoreError: none does.
        """
        for store, sink in list(self._sinks.values()):
            with self._tolerated(store):
                sink.commit()
                _check_size(store, self._key, stored_bytes)
        self._require_one()
        return [store for store, _ in self._sinks.values()]

    def abort(self) -> None:
        for _, sink in self._sinks.values():
            sink.abort()

    @contextmanager
    def _tolerated(self, store: Store) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self.failures[store.name] = error
            if store.name in self._sinks:
                self._sinks.pop(store.name)[1].abort()

    def _require_one(self) -> None:
        if not self._sinks:
            raise next(iter(self.failures.values()))


def _check_size(store: Store, key: str, expected: int) -> None:
    found = store.size(key)
    if found != expected:
        raise StoreError(
            f"{store.name} holds {found} bytes of {key} instead of {expected}.",
            state="It does not count as a backup.",
            next_command="langagent backup doctor",
        )
