"""A service with one breach of the contract: the state of a consent is a word where the contract has a boolean."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_impl.bootstrap import Options, serve
from reference_impl.bootstrap.parts import Parts
from reference_impl.commands import run
from reference_impl.http.app import create_app
from reference_impl.http.assurance import Worlds
from reference_impl.service.service import Service


def application(root: Service, worlds: Worlds, *, assurance_api: bool, assurance_token: str | None) -> ASGIApp:
    """The reference's application, with words for booleans."""
    sound = create_app(root, worlds, assurance_api=assurance_api, assurance_token=assurance_token)

    async def breached(scope: Scope, receive: Receive, send: Send) -> None:
        async def altered(message: Message) -> None:
            body = message.get("body", b"")
            # Of the same length, so that the headers stay true.
            await send(message | {"body": body.replace(b'"given":false', b'"given":"no" ')} if body else message)

        await sound(scope, receive, altered)

    return breached


if __name__ == "__main__":
    run(
        partial(serve, Options(port=0, exit_with_parent=True), replace(Parts(), application=application)),
        for_people=False,
    )
