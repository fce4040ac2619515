"""The photos of a job as its service finds them: what `jobs.inputs` holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from bot.orders import Order, Restyle, Slot, TryOn
from providers.base import Published
from providers.wishes import Request, RestyleRequest, TryOnRequest


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where each photo was published, and when (Unix seconds)."""

    at: float
    photos: Mapping[Slot, Published]

    def worn(self) -> "Inputs":
        """Return the same photos as too old to be used: they are to be published again."""
        return replace(self, at=0.0)

    def dump(self) -> str:
        """Return this as JSON text."""
        photos = {slot: asdict(published) for slot, published in self.photos.items()}
        return json.dumps({"at": self.at, "photos": photos})

    @classmethod
    def load(cls, text: str) -> "Inputs":
        """Return what `dump` made."""
        stored = json.loads(text)
        photos = {Slot(slot): Published(**found) for slot, found in stored["photos"].items()}
        return cls(stored["at"], photos)

    def request(self, order: Order) -> Request:
        """Return the order as the service reads it."""
        urls = {slot: published.url for slot, published in self.photos.items()}
        person, size = urls[Slot.PERSON], (order.person.width, order.person.height)
        match order:
            case TryOn():
                return TryOnRequest(
                    person_url=person,
                    top_url=urls.get(Slot.TOP),
                    bottom_url=urls.get(Slot.BOTTOM),
                    wear=order.wear,
                    face=order.face,
                    size=order.size,
                    person_size=size,
                )
            case Restyle():
                return RestyleRequest(person, order.style, urls.get(Slot.STYLE), size)
