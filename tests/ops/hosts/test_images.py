"""Images: what they say of themselves, and the commands that are asked of Docker."""

from ops.hosts import images
from ops.hosts.base import Done
from tests.ops.fake_host import FakeHost


def test_an_image_tells_its_revision() -> None:
    host = FakeHost({("docker", "image", "inspect"): '["PATH=/bin","RELEASE=abc1234"]\n'})
    assert images.release_of(host, "app") == "abc1234"


def test_a_program_of_an_image_runs_alone() -> None:
    argv = images.once_argv("app", "python", "-m", "ops.releases.describe")
    command = ["docker", "run", "--rm", "--network", "none", "--entrypoint", "python", "app"]
    assert argv == [*command, "-m", "ops.releases.describe"]


def test_a_build_says_what_it_is_built_of() -> None:
    argv = images.build_argv("/src", "ops", "langagent/built:v1-ops", version="v1", revision="abc")
    arguments = ("--build-arg", "VERSION=v1", "--build-arg", "REVISION=abc")
    assert argv == [
        *("docker", "build", "--quiet", "--target", "ops", *arguments, "--tag", "langagent/built:v1-ops", "/src")
    ]


def test_an_engine_with_containerd_s_store_wants_every_layer() -> None:
    host = FakeHost(
        {("docker", "info"): '[["driver-type","io.containerd.snapshotter.v1"]]', ("docker", "image", "ls"): "a\n"}
    )
    assert images.layers_to_build_on(host) == []


def test_layers_of_every_image_are_common_ground() -> None:
    listed = ("docker", "image", "inspect", "--format", "{{json .RootFS.Layers}}")
    host = FakeHost({("docker", "info"): "[]", ("docker", "image", "ls"): "a\na\nb\n", listed: '["1","2"]\n["3"]\n'})
    assert images.layers_to_build_on(host) == [("1", "2"), ("3",)]
    assert host.calls[-1] == [*listed, "a", "b"]


def test_an_image_that_is_not_there() -> None:
    assert not images.is_there(FakeHost({("docker",): Done(1, "", "no such image")}), "app")
