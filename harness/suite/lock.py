"""The lock of a suite: which scenarios a review has accepted for each clause, and of what they are made.

It is a TOML file with a line for each scenario, so that a review sees which scenario came, went or changed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from harness.errors import UsageError
from harness.evidence.model import Digests, Model, ScenarioKey

FILE_NAME = "suite.lock"
COMMAND = "shes-audit lock"
_HEAD = f"""\
# The suite as reviewed, written by `{COMMAND}`: SHA-256 of its parts, then the scenarios of each clause, each with
# a digest of its clauses, origin, channels, needs and steps. The gate refuses a run of any other suite.
"""
_PARTS = {"features": "the feature files", "policy": "the policy register", "steps": "the sentences"}
_MOST = 3


class Lock(Model):
    """The content of the lock.

    Attributes:
        suite: Digests of the parts of the suite.
        scenarios: For each clause its scenarios: digest by id.
    """

    suite: Digests
    scenarios: Mapping[str, Mapping[str, str]]


def make_lock(clauses: Iterable[str], keys: Sequence[ScenarioKey], digests: Digests) -> Lock:
    """The lock of a suite.

    Args:
        clauses: Ids of all clauses, in the order of the policy.
        keys: Every scenario.
        digests: Of the parts of the suite.
    """
    found = {clause: {key.id: key.digest for key in keys if clause in key.clauses} for clause in clauses}
    return Lock(suite=digests, scenarios={clause: rows for clause, rows in found.items() if rows})


def read_lock(path: Path) -> Lock | None:
    """The lock in a file; nothing if there is no such file.

    Raises:
        UsageError: The file cannot be read, or is not a lock.
    """
    try:
        return Lock.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise UsageError(
            f"The lock of the suite cannot be read: {path}.",
            cause="it was edited, or a merge left it in conflict",
            remedy=f"write it again with `{COMMAND}`, and have the change reviewed",
        ) from error


def lock_text(lock: Lock) -> str:
    """The lock as it is written to its file."""
    parts = (f"{name} = {_quoted(value)}" for name, value in lock.suite)
    tables = (
        "\n".join([f"[scenarios.{_quoted(clause)}]", *(f"{_quoted(key)} = {_quoted(digest)}" for key, digest in rows)])
        for clause, rows in ((clause, rows.items()) for clause, rows in lock.scenarios.items())
    )
    return "\n\n".join([_HEAD + "\n".join(["[suite]", *parts]), *tables]) + "\n"


def differences(lock: Lock | None, suite: Lock) -> Iterator[str]:
    """What in a suite is not as its lock says, in words; nothing if they are the same.

    Args:
        lock: What a review accepted; None if there is no lock.
        suite: The lock that the suite would get now.
    """
    if lock is None:
        yield f"the suite has no lock ({FILE_NAME})"
        return
    for clause in dict.fromkeys([*lock.scenarios, *suite.scenarios]):
        before, now = lock.scenarios.get(clause, {}), suite.scenarios.get(clause, {})
        for what, names in (
            ("is gone", before.keys() - now.keys()),
            ("is new", now.keys() - before.keys()),
            ("was changed", {name for name in before.keys() & now.keys() if before[name] != now[name]}),
        ):
            if names:
                yield f"clause {clause}: {_named(sorted(names))} {what}"
    for name, value in suite.suite:
        if getattr(lock.suite, name) != value:
            yield f"{_PARTS[name]} changed"


def _named(names: Sequence[str]) -> str:
    more = f" (and {len(names) - _MOST} more)" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _quoted(text: str) -> str:
    """A string of TOML, which takes what JSON writes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
