"""The environment, read once, as one frozen `Settings`.

Values come from the environment, else from the file `.env`; secrets may also stand in a
file of their own, named by NAME_FILE. `model` names every setting, `environment` finds
them, `choice` says which of the wanted models they make possible. How texts become values
is said in `bot.values`.
"""

from bot.settings.choice import Choice, LeftOut
from bot.settings.environment import ENV_FILE, SettingsProblem, load, oddities
from bot.settings.model import TELEGRAM, Settings

__all__ = [
    "ENV_FILE",
    "TELEGRAM",
    "Choice",
    "LeftOut",
    "Settings",
    "SettingsProblem",
    "load",
    "oddities",
]
