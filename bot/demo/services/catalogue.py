"""Which models the service knows: alive, announced to end, ended, or not ours to use.

What an ended model answers differs from case to case; `Standing` lists what the vendor's
documents show. The list of models is a catalogue, not an entitlement: a model that an
account has not bought still stands in it.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from bot.demo.services import refusals
from bot.demo.services.refusals import INVALID_PARAMETER, Refusal, Wording

PAGE = 10  # models on a page unless asked for more
LARGEST_PAGE = 200  # vendor's page "list models"
RELEASED = "2025-06-26 00:00:00"


class Standing(Enum):
    """How a model stands, with what a call to it answers (None: it works)."""

    ALIVE = None
    NOT_FOUND = refusals.MODEL_NOT_FOUND
    NOT_EXIST = refusals.MODEL_NOT_EXIST
    ENDPOINT_DENIED = refusals.ENDPOINT_DENIED  # ended as well, seen in a workspace
    DENIED = refusals.MODEL_DENIED
    UNPURCHASED = refusals.UNPURCHASED

    @property
    def refusal(self) -> Wording | None:
        """What a call to such a model answers."""
        wording: Wording | None = self.value
        return wording


LISTED = frozenset({Standing.ALIVE, Standing.DENIED, Standing.UNPURCHASED})


class Catalogue:
    """The models of the service; at first all are alive."""

    def __init__(self, models: Iterable[str]) -> None:
        self._standing = dict.fromkeys(models, Standing.ALIVE)
        self._ends: dict[str, str] = {}

    def put(self, model: str, standing: Standing, ends: str | None = None) -> None:
        """Change how a model stands; `ends` announces when it will be switched off.

        Raises:
            KeyError: if there is no such model.

        """
        if model not in self._standing:
            raise KeyError(model)
        self._standing[model] = standing
        if ends is None:
            self._ends.pop(model, None)
        else:
            self._ends[model] = ends

    def standings(self) -> dict[str, str]:
        """Return how each model stands, by name."""
        return {model: standing.name.lower() for model, standing in self._standing.items()}

    def admit(self, model: object) -> str:
        """Return the name of a model that works.

        Raises:
            Refusal: if there is none, or it does not.

        """
        if not isinstance(model, str) or not model:
            raise Refusal(refusals.NO_MODEL)
        refused = self._standing.get(model, Standing.NOT_EXIST).refusal
        if refused is not None:
            raise Refusal(refused)
        return model

    def page(self, params: Mapping[str, str]) -> dict[str, Any]:
        """Return one page of the models that are listed."""
        number, size = whole(params, "page_no", 1), whole(params, "page_size", PAGE)
        if size > LARGEST_PAGE:
            raise Refusal(INVALID_PARAMETER)
        listed = [model for model, standing in self._standing.items() if standing in LISTED]
        return {
            "total": len(listed),
            "page_no": number,
            "page_size": size,
            "models": [self._entry(model) for model in listed[(number - 1) * size :][:size]],
        }

    def _entry(self, model: str) -> dict[str, Any]:
        ends = self._ends.get(model)
        return {
            "model": model,
            "name": model,
            "description": "",
            "provider": "aliyun-bailian",
            "capabilities": ["IG"],
            "features": [],
            "prices": [],
            "published_time": RELEASED,
            "inference_metadata": {"request_modality": ["Image"], "response_modality": ["Image"]},
            "inference_offline_info": None if ends is None else {"offline_time": ends},
        }


def whole(params: Mapping[str, str], name: str, default: int) -> int:
    """Return a query parameter that must be a whole number from 1.

    Raises:
        Refusal: if it is anything else.

    """
    text = params.get(name, str(default))
    if not (text.isascii() and text.isdecimal()) or int(text[:12]) < 1:
        raise Refusal(INVALID_PARAMETER)
    return int(text[:12])
