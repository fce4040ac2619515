"""The photos of a job as its service finds them: what `jobs.inputs` holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from bot.orders import SLOTS, Photo, Slot, TryOn
from providers.base import Published, TryOnRequest


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

    def request(self, order: TryOn) -> TryOnRequest:
        """Return the order as the service reads it."""
        urls = {slot: published.url for slot, published in self.photos.items()}
        return TryOnRequest(
            person_url=urls[Slot.PERSON],
            top_url=urls.get(Slot.TOP),
            bottom_url=urls.get(Slot.BOTTOM),
            wear=order.wear,
            face=order.face,
            size=order.size,
            person_size=(order.person.width, order.person.height),
        )


def wanted(order: TryOn) -> dict[Slot, Photo]:
    """Return the photos that have to be published for an order."""
    photos = {Slot.PERSON: order.person, Slot.TOP: order.top, Slot.BOTTOM: order.bottom}
    needed = (Slot.PERSON, *SLOTS[order.wear])
    return {slot: photo for slot in needed if (photo := photos[slot]) is not None}
