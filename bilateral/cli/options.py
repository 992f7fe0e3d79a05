"""Options that several verbs take, and the types of their values."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click
from platformdirs import user_data_path

from bilateral.project import PROFILES
from bilateral.terms import LANGUAGES

DEFAULT_STORE: Final = user_data_path("bilateral") / "store"

POSITIVE: Final = click.IntRange(min=1)
COUNT: Final = click.IntRange(min=0)
SECONDS: Final = click.FloatRange(min=0, min_open=True)
FOLDER: Final = click.Path(path_type=Path, file_okay=False)
FILE: Final = click.Path(path_type=Path, dir_okay=False)

profile_option = click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default="core",
    envvar="BILATERAL_PROFILE",
    show_default=True,
    help="What of the project's data: all but observations of every year, all, or the curated files.",
)
store_option = click.option(
    "--store",
    type=FOLDER,
    default=DEFAULT_STORE,
    envvar="BILATERAL_STORE",
    show_default="a folder of the user's",
    help="Folder of the store.",
)
language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the messages.",
)
