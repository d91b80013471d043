"""How a target is reached: from a URL, or from a profile file."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from harness.errors import UsageError


class Profile(BaseModel):
    """How to reach one target.

    Attributes:
        url: Its own address, without a trailing slash.
        name: Its name in reports.
        timeout: Seconds to wait for one response.
        settle_timeout: Seconds to wait for the target to settle.
        retries: Further attempts of a safely repeatable call (GET, PUT, DELETE) if the connection fails.
        assurance_token_env: Environment variable with the bearer token of the assurance API.
        mail_domain: Domain of the synthetic people's addresses; by default different in each scenario.
        user_agent: User agent of their browsers; by default different for each. A target must not behave differently
            because of either.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    name: str = ""
    timeout: float = Field(default=10.0, gt=0, le=300)
    settle_timeout: float = Field(default=30.0, gt=0, le=60)
    retries: int = Field(default=2, ge=0, le=5)
    assurance_token_env: str = ""
    mail_domain: str = ""
    user_agent: str = Field(default="", pattern=r"^[\x20-\x7e]*$")

    @field_validator("url")
    @classmethod
    def _http_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must be an http:// or https:// address")
        if parts.query or parts.fragment:
            raise ValueError("must not contain a query or a fragment")
        if parts.username or parts.password:
            raise ValueError("must not contain a name or a password; reports show the address")
        if parts.port == 0 or not value.isascii() or any(letter.isspace() for letter in value):
            raise ValueError("must be an http:// or https:// address")
        return value.rstrip("/")

    @property
    def title(self) -> str:
        """The target's name in reports."""
        return self.name or self.url

    def assurance_token(self) -> str | None:
        """The bearer token of the assurance API, from the environment.

        Raises:
            UsageError: The profile names a variable that is not set.
        """
        if not self.assurance_token_env:
            return None
        token = os.environ.get(self.assurance_token_env)
        if not token:
            raise UsageError(
                f"The environment variable {self.assurance_token_env} is not set.",
                cause="the profile names it for the assurance API's token",
                remedy=f"set it: export {self.assurance_token_env}=...",
            )
        return token


def load_profile(target: str) -> Profile:
    """Read a profile from a URL or from a TOML file.

    Args:
        target: An ``http(s)://`` address, or the path of a profile file.

    Raises:
        UsageError: It is neither, or the file is not a profile.
    """
    if "://" in target:
        return _validated({"url": target}, target)
    path = Path(target)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(
            f"There is no profile {target}.",
            cause="a mistyped path, or an address without http://",
            remedy="give an address such as http://127.0.0.1:8000, or the path of a TOML file",
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"The profile {target} cannot be read: {error}",
            cause="not a TOML file, or not readable by this user",
            remedy="see docs/profiles.md for the form of a profile",
        ) from error
    return _validated(data, target)


def _validated(data: dict[str, object], source: str) -> Profile:
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc'])) or 'profile'}: {problem['msg']}" for problem in error.errors()
        )
        raise UsageError(
            f"The target {source} cannot be used: {problems}",
            cause="an unknown member, or a value of the wrong type",
            remedy="see docs/profiles.md for the form of a profile",
        ) from error
