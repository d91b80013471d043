"""``shes-audit lock``: accept the suite as it is."""

from __future__ import annotations

import click

from harness.errors import ExitCode, UsageError
from harness.policy.load import find_register, load_register
from harness.suite.installed import digests_of
from harness.suite.lock import FILE_NAME, differences, lock_text, make_lock, read_lock


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 4 if the lock differs from the suite.")
def lock(check: bool) -> int:
    """Write the scenarios of each clause, and digests of features, register and steps, to features/suite.lock.

    The gate refuses a run of a suite that differs from its lock. Renew the lock with this command after a change of the
    suite, and have the difference reviewed. A lock that cannot be read, as after a merge, is written again.
    """
    from harness.suite.features import read_features

    register = load_register(find_register())
    folder = register.path.parent
    keys = read_features(folder).keys
    now = make_lock(register.ids, keys, digests_of(register.path))
    path = folder / FILE_NAME
    try:
        found = list(differences(read_lock(path), now))
    except UsageError as error:
        found = [error.what]
    for line in found:
        click.echo(line)
    if check:
        click.echo(f"{path} {'differs from' if found else 'matches'} the suite.")
        return ExitCode.GATE_FAILED if found else ExitCode.PASSED
    path.write_text(lock_text(now), encoding="utf-8")
    click.echo(f"{path}: {len(keys)} scenarios of {len(now.scenarios)} clauses.")
    return ExitCode.PASSED
