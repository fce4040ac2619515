"""Which of the wanted models the rest of the settings make possible.

A model needs the key of its account, and some need photos at web addresses that anybody
can fetch. What is not possible is left out; what to say about that is decided here too.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from providers import damo, dashscope, fashn
from providers.catalogue import SPECS
from providers.spec import ModelSpec

KEYS: Mapping[str, str] = MappingProxyType(
    {
        dashscope.ACCOUNT: "dashscope_api_key",
        damo.ACCOUNT: "damo_appcode",
        fashn.ACCOUNT: "fashn_api_key",
    }
)
"""Which setting holds the key to an account."""

OTHER_HOST = "PUBLIC_URL, or PHOTO_HOST=s3 with a bucket, as its service fetches photos by http(s)"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A model that `setting` lists and that cannot be used.

    `needs` says what has to be set first. `expected`: it is among the defaults and has no
    key, so nobody asked for it.
    """

    setting: str
    model: str
    needs: str
    expected: bool = False

    def __str__(self) -> str:
        return f"{self.setting}: {self.model} is left out; it needs {self.needs}"


@dataclass(frozen=True, slots=True)
class Choice:
    """The models that can be used, in the operator's order, and those that cannot."""

    tryon: tuple[str, ...]
    restyle: tuple[str, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def models(self) -> tuple[str, ...]:
        """All that can be used, each once, in the order of both lists, then those that refine.

        Where the two contradict each other, that for try-ons counts.
        """
        merged = list(self.tryon)
        for place, model in enumerate(self.restyle):
            if model not in merged:
                later = [merged.index(one) for one in self.restyle[place + 1 :] if one in merged]
                merged.insert(min(later, default=len(merged)), model)
        return (*merged, *(model for model in self.refiners if model not in merged))

    @property
    def refiners(self) -> tuple[str, ...]:
        """The models that refine pictures of these: of the same account, so there is a key."""
        found = (spec.refines_with for spec in SPECS if spec.model in self.tryon)
        return tuple(dict.fromkeys(model for model in found if model is not None))

    @property
    def surprises(self) -> tuple[LeftOut, ...]:
        """Those left out that somebody may be waiting for."""
        return tuple(one for one in self.left_out if not one.expected)


def sorted_out(
    wanted: Iterable[str],
    *,
    setting: str,
    given: Collection[str],
    photo_host: str,
    by_default: bool = False,
    specs: Sequence[ModelSpec] = SPECS,
) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Return which models can be used, and which not. `given` names the keys there are."""
    known = {spec.model: spec for spec in specs}
    usable, left_out = [], []
    for model in wanted:
        key = KEYS[known[model].account]
        if key not in given:
            left_out.append(LeftOut(setting, model, key.upper(), expected=by_default))
        elif known[model].needs_http_host and photo_host == dashscope.ACCOUNT:
            left_out.append(LeftOut(setting, model, OTHER_HOST))
        else:
            usable.append(model)
    return tuple(usable), tuple(left_out)
