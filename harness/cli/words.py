"""``shes-audit words``: the sentences that a feature file can use."""

from __future__ import annotations

import json

import click

from harness.errors import UsageError
from harness.suite.features import features_folder, read_features
from harness.terminal import wide_console
from harness.vocabulary.lookup import load, nearest
from harness.vocabulary.nouns import NOUNS
from harness.vocabulary.page import Shape, chosen, listed, markdown, shapes

MARK = "<!-- The tables below are made by `shes-audit words --renew`. -->\n"
"""The line of ``features/README.md`` behind which the tables stand."""


@click.command()
@click.argument("noun", default="")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option("--renew", is_flag=True, help="Write the tables of all sentences into features/README.md.")
def words(noun: str, form: str, renew: bool) -> int:
    """List the sentences of the features: all, those about NOUN, or those nearest to NOUN if it is a sentence.

    NOUN is a domain noun such as consent, or a word in braces such as purpose. Anything with a blank in it is a
    sentence, and the nearest declared ones are shown.
    """
    load()
    if " " in noun:
        _show_nearest(noun)
        return 0
    if renew:
        _renew()
        return 0
    found = chosen(shapes(read_features(features_folder()).refs), noun)
    if not found:
        subjects = sorted({one.declaration.subject for one in shapes(())})
        raise UsageError(
            f"No sentence is about {noun!r}.",
            remedy=f"domain nouns: {', '.join(subjects)}. Words in braces: {', '.join(sorted(NOUNS))}",
        )
    match form:
        case "json":
            click.echo(json.dumps(listed(found), ensure_ascii=False, indent=1))
        case "markdown":
            click.echo(markdown(found), nl=False)
        case _:
            _show(found, noun)
    return 0


def _renew() -> None:
    path = features_folder() / "README.md"
    head, mark, _ = path.read_text(encoding="utf-8").partition(MARK)
    if not mark:
        raise UsageError(f"{path} has no line {MARK.strip()!r}, behind which its tables stand.")
    path.write_text(head + mark + markdown(shapes(read_features(features_folder()).refs)), encoding="utf-8")


def _show(found: list[Shape], noun: str) -> None:
    console = wide_console()
    subject = ""
    for one in found:
        row = one.listed()
        if row["noun"] != subject:
            subject = row["noun"]
            console.print(f"\n{subject}", style="bold", markup=False)
        for form in row["forms"]:
            console.print(f"  {form['keyword']:5} {form['text']}  ({form['uses']})", markup=False, soft_wrap=True)
        console.print(f"        {row['meaning'].splitlines()[0]}", markup=False, soft_wrap=True, style="dim")
    if noun in NOUNS:
        known = NOUNS[noun]
        choices = f" ({', '.join(known.choices)})" if known.choices else ""
        console.print(f"\n{{{noun}}}: {known.title}{choices}", markup=False, soft_wrap=True)
    number = "1 sentence" if len(found) == 1 else f"{len(found)} sentences"
    console.print(f"\n{number}. In parentheses: how many steps use each form.", markup=False)


def _show_nearest(sentence: str) -> None:
    plain = sentence.partition(" ")
    keyword = plain[0].lower() if plain[0].lower() in {"given", "when", "then"} else ""
    near = nearest(plain[2] if keyword else sentence, keyword)
    click.echo("\n".join(["The nearest:", *near]) if near else "No sentence comes near; `shes-audit words` lists all.")
