"""The suite and its lock: the digests see every change, and the lock in the tree is that of the tree."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from harness.policy.load import load_register
from harness.suite import installed
from harness.suite.installed import digests_of, load_suite
from harness.suite.lock import Lock, differences, lock_text, make_lock
from tests.harness.room import ROOT, Room

FEATURE = """
    Scenario: one
      Then all is well
    @clause-1.2
    Scenario: a "quoted" \\ name é \u2028 of <two>
      Then all is well outside
    """


def now(room: Room) -> Lock:
    suite = load_suite(load_register(room.features / "register"))
    return make_lock(suite.register.ids, suite.keys, suite.digests)


def test_the_lock_of_the_features_is_renewed() -> None:
    suite = load_suite(load_register(ROOT / "features" / "register"))

    found = list(differences(suite.lock, make_lock(suite.register.ids, suite.keys, suite.digests)))

    assert not found, "renew it: shes-audit lock\n" + "\n".join(found)


def test_a_lock_is_read_as_it_was_written(room: Room) -> None:
    room.feature(FEATURE)
    lock = now(room)

    text = lock_text(lock)

    assert Lock.model_validate(tomllib.loads(text)) == lock
    assert list(differences(lock, lock)) == []
    rows = [line for line in text.split("\n") if line.startswith('"small.feature::')]
    assert len(rows) == 3, "a line for each scenario of each clause"
    assert lock_text(now(room)) == text, "and the same each time"


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("small.feature", "features"),
        ("conftest.py", "features"),
        ("deep/er/other.py", "features"),
        ("pytest.ini", "features"),
        ("register/policy.yaml", "policy"),
        ("register/seen.yaml", "policy"),
        ("register/register.schema.json", "policy"),
        ("README.md", ""),
        ("__pycache__/conftest.pyc", ""),
        ("suite.lock", ""),
    ],
)
def test_what_a_digest_covers(room: Room, path: str, part: str) -> None:
    room.feature(FEATURE)
    before = digests_of(room.features / "register")
    file = room.features / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as stream:
        stream.write(b"# a change\n")

    after = digests_of(room.features / "register")

    assert [name for name, digest in after if getattr(before, name) != digest] == [part] * bool(part)


def test_the_digest_of_the_sentences_covers_every_package_that_declares_some(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = [shutil.copytree(folder, tmp_path / folder.name) for folder in installed.vocabulary()]
    monkeypatch.setattr(installed, "vocabulary", lambda: copies)
    register = room.features / "register"
    before = digests_of(register)
    assert copies

    for module in sorted(copies[0].rglob("*.py")):
        text = module.read_text(encoding="utf-8")
        module.write_text(text + "\n", encoding="utf-8")
        assert digests_of(register).steps != before.steps, module
        module.write_text(text, encoding="utf-8")
    assert digests_of(register) == before


def test_a_file_that_moves_is_another_suite(room: Room) -> None:
    room.feature(FEATURE)
    before = digests_of(room.features / "register")
    (room.features / "small.feature").rename(room.features / "large.feature")

    assert digests_of(room.features / "register").features != before.features
