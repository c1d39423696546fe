"""Have what the product stands on: database, Redis, proxy."""

from typing_extensions import override

from ops.hosts import docker, proxy
from ops.steps import gates
from ops.steps.base import Evidence
from ops.steps.tools import ToolStep

STORES = ("db", "redis")
SECONDS = 600.0


class BaseServices(ToolStep):
    """What runs is left as it is: replacing the database, Redis or the proxy is an act of its own."""

    name = "base"
    prepares = True

    @override
    def do(self) -> Evidence:
        self._up(*STORES)
        if proxy.SERVICE not in docker.containers(self.host):
            self._prepare_proxy()
        self._up(proxy.SERVICE)
        found = docker.containers(self.host)
        return {service: found[service].image for service in (*STORES, proxy.SERVICE)}

    def _prepare_proxy(self) -> None:
        """Before its first start it wants a configuration, and any certificate."""
        proxy.prepare(self.host, self.compose)
        argv = self.compose.run("setup", "langagent", "certificate", "start")
        self.host.run(argv, timeout=SECONDS)

    def _up(self, *services: str) -> None:
        self.host.run(self.compose.up(*services, recreate=False), timeout=SECONDS)
        for service in services:
            problem, _ = gates.wait(self.tools, lambda service=service: self._complaint(service), 1)  # type: ignore[misc]
            if problem:
                raise gates.failed(self.tools, "base", service, problem)

    def _complaint(self, service: str) -> str:
        container = docker.container(self.host, service)
        return "" if container.health in ("", "healthy") and container.is_running else f"it is {container.fate}"
