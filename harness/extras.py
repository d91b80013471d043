"""The extras of the package: their requirements, and whether these are installed."""

from __future__ import annotations

from importlib.metadata import EntryPoint, PackageNotFoundError, distribution, requires

from harness.errors import UsageError

_PACKAGE = "shes-audit"


def missing(extra: str) -> tuple[str, ...]:
    """Names of the missing distributions of an extra.

    Args:
        extra: Its name in ``pyproject.toml``, such as ``reference``.
    """
    # Imported here, because most commands need no extra.
    from packaging.requirements import Requirement

    asked = (Requirement(line) for line in requires(_PACKAGE) or ())
    return tuple(
        one.name for one in asked if one.marker and one.marker.evaluate({"extra": extra}) and not _installed(one.name)
    )


def installation(extra: str) -> str:
    """The command that installs an extra."""
    return f"python -m pip install '{_PACKAGE}[{extra}]'"


def require(entry: EntryPoint) -> None:
    """Reject an entry point whose extra is not installed.

    Args:
        entry: The entry point; it names its extra in brackets, if any.

    Raises:
        UsageError: A requirement of the extra is missing.
    """
    for extra in entry.extras:
        if absent := missing(extra):
            raise UsageError(
                f"The extra `{extra}` of {_PACKAGE} is not installed. Missing: {', '.join(sorted(absent))}.",
                cause="the installation covers only the audit of your own service (`shes-audit run --target URL`)",
                remedy=installation(extra),
            )


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
