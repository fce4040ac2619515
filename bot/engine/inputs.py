"""The photos of a job as its service finds them: what `jobs.inputs` holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from bot.orders import Order, Restyle, Slot, TryOn
from providers.base import Published
from providers.wishes import Request, RestyleRequest, TryOnRequest


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where each photo was published, and when (Unix seconds).

    `outfits` are the garments of others that are submitted with this job, by outfit.
    """

    at: float
    photos: Mapping[Slot, Published]
    outfits: Mapping[int, Mapping[Slot, Published]] = field(default_factory=dict)

    @property
    def published(self) -> tuple[Published, ...]:
        """Everything that has to be withdrawn."""
        more = (one for garments in self.outfits.values() for one in garments.values())
        return tuple({one.ref: one for one in (*self.photos.values(), *more)}.values())

    def of_outfit(self, outfit: int | None) -> "Inputs":
        """Return the photos with another outfit, if they are those of several."""
        garments = self.outfits.get(-1 if outfit is None else outfit)
        if garments is None:
            return self
        return replace(self, photos={Slot.PERSON: self.photos[Slot.PERSON], **garments})

    def worn(self) -> "Inputs":
        """Return the same photos as too old to be used: they are to be published again."""
        return replace(self, at=0.0)

    def dump(self) -> str:
        """Return this as JSON text."""
        photos = {slot: asdict(published) for slot, published in self.photos.items()}
        outfits = {
            outfit: {slot: asdict(published) for slot, published in garments.items()}
            for outfit, garments in self.outfits.items()
        }
        return json.dumps({"at": self.at, "photos": photos, "outfits": outfits})

    @classmethod
    def load(cls, text: str) -> "Inputs":
        """Return what `dump` made."""
        stored = json.loads(text)
        outfits = {
            int(outfit): _photos(garments) for outfit, garments in stored.get("outfits", {}).items()
        }
        return cls(stored["at"], _photos(stored["photos"]), outfits)

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


def _photos(stored: Mapping[str, Mapping[str, str]]) -> dict[Slot, Published]:
    return {Slot(slot): Published(**found) for slot, found in stored.items()}
