"""An environment for the settings: empty, then what a test puts there."""

import pytest

from bot.settings import Settings, SettingsProblem, load

TOKEN = "4242:CanaryTokenCanaryTokenCanaryToken123"
KEY = "sk-canary-key-0123456789"
ENOUGH = {"TELEGRAM_BOT_TOKEN": TOKEN, "DASHSCOPE_API_KEY": KEY}


class Given:
    """Sets the environment and loads it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def __call__(self, **names: str) -> Settings:
        self.set(**names)
        return load()

    def set(self, **names: str) -> None:
        for name, text in {**ENOUGH, **names}.items():
            self._patch.setenv(name, text)

    def problems(self, **names: str) -> tuple[str, ...]:
        self.set(**names)
        with pytest.raises(SettingsProblem) as caught:
            load()
        assert TOKEN not in str(caught.value)
        assert KEY not in str(caught.value)
        return caught.value.lines
