"""Allure's page, made from Allure's results: one file that opens from disk and uses no network."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click

from reports.allure import tool

_SECONDS = 300.0
_CONFIG = Path(__file__).parent / "allurerc.json"
# Allure adds a visitor counter to the page and offers no option to disable it for this kind of report.
_COUNTER = re.compile(
    r'\s*<script async src="https?://[^"]*"></script>\s*<script>\s*window\.dataLayer.*?</script>', re.DOTALL
)
# A second safeguard: whatever the page contains, it loads nothing from elsewhere and sends nothing.
_FENCE = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'none'\">"
)


def make_html(results: Path, out: Path) -> Path | None:
    """Render a folder of Allure results as one self-contained HTML page.

    A page in ``out`` from an earlier run is replaced, or removed if none can be made. In that case the reason and the
    remedy are written to standard error.

    Args:
        results: Folder with Allure's results.
        out: Folder for the page; created if missing.

    Returns:
        The page, or nothing if Allure is not installed or did not produce one.

    Raises:
        OSError: ``out`` cannot be written.
    """
    remove_html(out)
    page = out / "index.html"
    allure = tool.find_allure()
    if not allure:
        click.echo("Allure's page was not produced: Allure is not installed. To install it, run: make allure", err=True)
        return None
    out.mkdir(parents=True, exist_ok=True)
    options = ["--single-file", "--config", str(_CONFIG), "--output", str(out.resolve())]
    command = [*allure, "awesome", *options, str(results.resolve())]
    try:
        done = subprocess.run(
            command,
            cwd=out,
            env=tool.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        said = (done.stderr or done.stdout).strip()
    except subprocess.TimeoutExpired:
        said = f"it did not finish within {_SECONDS:.0f} seconds"
    if not page.is_file():
        click.echo(f"Allure's page was not produced: {said}. Its input is in {results}.", err=True)
        return None
    page.write_text(_keep_to_itself(page.read_text(encoding="utf-8")), encoding="utf-8")
    return page


def remove_html(out: Path) -> None:
    """Remove the page that an earlier run left: it would show other results than the views beside it."""
    (out / "index.html").unlink(missing_ok=True)


def _keep_to_itself(html: str) -> str:
    return _COUNTER.sub("", html, count=1).replace("<head>", f"<head>\n    {_FENCE}", 1)
