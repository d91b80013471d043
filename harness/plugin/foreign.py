"""Code that pytest was given and that is no part of the suite: it could turn a failure into a pass."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

import pytest

from harness.suite.features import features_folder
from harness.suite.installed import vocabulary


def foreign(config: pytest.Config) -> Iterator[str]:
    """The modules with hooks that are neither pytest's, nor an installed plugin's, nor of the suite, by path.

    A ``conftest.py`` above the features and a module named with ``-p`` are such: no review of the suite sees them.
    """
    installed = {entry.module for entry in entry_points(group="pytest11")} | {"pytest", "_pytest"}
    suite = [features_folder().resolve(), *(folder.resolve() for folder in vocabulary())]
    for plugin in config.pluginmanager.get_plugins():
        if not isinstance(plugin, ModuleType) or plugin.__file__ is None:
            continue
        path = Path(plugin.__file__).resolve()
        packages = {plugin.__name__.partition(".")[0], plugin.__name__}
        named = packages & {name for module in installed for name in (module, module.partition(".")[0])}
        of_installed = bool(named) and path.name != "conftest.py"
        if not of_installed and not any(folder in path.parents for folder in suite):
            yield str(path)
