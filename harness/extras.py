"""The extras of the package: what one of them asks for, and whether it is installed."""

from __future__ import annotations

from importlib.metadata import EntryPoint, PackageNotFoundError, distribution, requires

from packaging.requirements import Requirement

from harness.errors import UsageError

_PACKAGE = "shes-audit"


def missing(extra: str) -> tuple[str, ...]:
    """Names of the distributions that an extra asks for and that are not installed.

    Args:
        extra: Its name in ``pyproject.toml``, as ``reference``.
    """
    asked = (Requirement(line) for line in requires(_PACKAGE) or ())
    return tuple(
        one.name for one in asked if one.marker and one.marker.evaluate({"extra": extra}) and not _installed(one.name)
    )


def installation(extra: str) -> str:
    """The command that installs an extra."""
    return f"python -m pip install '{_PACKAGE}[{extra}]'"


def require(entry: EntryPoint) -> None:
    """Refuse an entry point whose extra is not installed.

    Raises:
        UsageError: It names an extra, and something that the extra asks for is missing.
    """
    for extra in entry.extras:
        if absent := missing(extra):
            raise UsageError(
                f"`{entry.name}` needs the extra {extra!r}, which is not installed: {', '.join(absent)} missing.",
                remedy=installation(extra),
            )


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
