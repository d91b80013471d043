"""The extras of the package: what each asks for, and whether it is installed."""

from __future__ import annotations

from importlib.metadata import EntryPoint, PackageNotFoundError, distribution, requires

from harness.errors import UsageError

_PACKAGE = "shes-audit"


def missing(extra: str) -> tuple[str, ...]:
    """Names of the distributions that an extra asks for and that are not installed.

    Args:
        extra: Its name in ``pyproject.toml``, as ``reference``.
    """
    # Imported here: most commands need no extra.
    from packaging.requirements import Requirement

    asked = (Requirement(line) for line in requires(_PACKAGE) or ())
    return tuple(
        one.name for one in asked if one.marker and one.marker.evaluate({"extra": extra}) and not _installed(one.name)
    )


def installation(extra: str) -> str:
    """The command that installs an extra."""
    return f"python -m pip install '{_PACKAGE}[{extra}]'"


def require(entry: EntryPoint) -> None:
    """Refuse an entry point whose extra is not installed.

    Args:
        entry: Names the extra in brackets; most entry points name none.

    Raises:
        UsageError: Something that the extra asks for is missing.
    """
    for extra in entry.extras:
        if absent := missing(extra):
            raise UsageError(
                f"The extra `{extra}` of {_PACKAGE} is not installed. Missing: {', '.join(sorted(absent))}.",
                cause="only what an audit of your own service needs was installed (`shes-audit run --target URL`)",
                remedy=installation(extra),
            )


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
