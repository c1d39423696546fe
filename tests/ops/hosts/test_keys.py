"""Host keys that are pinned, and private keys as they are given."""

from pathlib import Path

import pytest
from paramiko import ECDSAKey
from paramiko.hostkeys import HostKeys

from langagent.settings import Secret
from ops.errors import ConfigurationError
from ops.hosts import keys
from ops.hosts.address import Address

ONE, TWO = ECDSAKey.generate(), ECDSAKey.generate()
WEB, DATABASE = Address("deploy", "web.test", 2222), Address("deploy", "db.test")


def learned(file: Path) -> HostKeys:
    table = HostKeys()
    keys.learn(table, [file])
    return table


def test_pinning_again_replaces_the_key_of_that_machine_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "known_hosts"
    for address, key in ((WEB, ONE), (DATABASE, ONE), (WEB, TWO)):
        keys.pin(file, address, key)
    assert learned(file).check("[web.test]:2222", TWO)
    assert learned(file).check("db.test", ONE)
    assert len(file.read_text().splitlines()) == 2


def test_hashed_names_are_known_and_broken_lines_are_skipped(tmp_path: Path) -> None:
    hashed = HostKeys.hash_host("db.test")
    lines = ["", "# note", "short", "db.test ecdsa-sha2-nistp256 !!!", "@revoked * ssh-rsa AAAA"]
    (tmp_path / "known").write_text("\n".join([*lines, f"{hashed} {ONE.get_name()} {ONE.get_base64()}"]))
    assert learned(tmp_path / "known").check("db.test", ONE)


@pytest.mark.parametrize("text", ["", "ssh-ed25519 AAAA public@key", "-----BEGIN RSA PRIVATE KEY-----\nxx\n"])
def test_what_is_no_private_key_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ConfigurationError, match="holds no private key") as caught:
        keys.identity(Secret(text))
    assert "AAAA" not in caught.value.message + caught.value.next_command


def test_a_key_with_a_passphrase_is_sent_to_the_agent(tmp_path: Path) -> None:
    ONE.write_private_key_file(str(tmp_path / "id"), password="four words")
    with pytest.raises(ConfigurationError, match="passphrase") as caught:
        keys.identity(Secret((tmp_path / "id").read_text()))
    assert caught.value.next_command.startswith("ssh-add")
