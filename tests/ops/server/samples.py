"""Facts of two servers: one that lacks nothing, one as it comes from the provider."""

from ops.server.facts import Facts

NOW = 1_800_000_000.0
READY = {
    "system": "Linux",
    "distribution": "ubuntu",
    "release": "24.04",
    "title": "Ubuntu 24.04 LTS",
    "systemd": "yes",
    "container": "no",
    "cores": "2",
    "memory_kib": "4000000",
    "swap_kib": "0",
    "disk_kib": "50000000",
    "disk_free_kib": "40000000",
    "inodes": "1000",
    "inodes_free": "900",
    "user": "deploy",
    "groups": "deploy docker",
    "deployer_groups": "deploy docker",
    "deployer_opens": "yes",
    "root": "yes",
    "ssh_port": "22",
    "port_80": "docker-proxy",
    "port_443": "",
    "apt": "yes",
    "docker_installed": "yes",
    "docker_runs": "yes",
    "docker_allowed": "yes",
    "docker_group": "docker",
    "docker": "28.1.0",
    "compose": "2.35.1",
    "firewall": "active",
    "firewall_ports": "22/tcp 443/tcp 80/tcp",
    "upgrades": "1",
    "updated": str(int(NOW) - 86400),
    "reboot_required": "no",
    "folder_owner": "deploy",
    "folder_writable": "yes",
    "env_mode": "600",
}
BARE = {
    "user": "root",
    "groups": "root",
    "deployer_groups": "",
    "deployer_opens": "no",
    "memory_kib": "2000000",
    "docker_installed": "no",
    "docker_runs": "no",
    "docker_allowed": "no",
    "docker_group": "",
    "docker": "",
    "compose": "",
    "firewall": "",
    "firewall_ports": "",
    "upgrades": "",
    "updated": "",
    "folder_owner": "",
    "folder_writable": "no",
    "env_mode": "",
}


def ready(clock_ahead: float = 0.0, **changed: str) -> Facts:
    """The server that lacks nothing, but for what is changed."""
    return Facts({**READY, **changed}, clock_ahead)


def bare(**changed: str) -> Facts:
    """The server as the provider hands it over, but for what is changed."""
    return Facts({**READY, **BARE, **changed})
