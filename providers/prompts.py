"""What the general picture editors are told: one careful instruction per kind of order.

An editor does what it is asked and improves what it likes, so the instruction names which
image shows what, says which clothes change, and pins everything else. The garments come
first and the person last, as in the message that carries it. The texts stay within what
the strictest of the models reads to its end.
"""

from collections.abc import Mapping
from types import MappingProxyType

from providers.wishes import Face, Wear

LONGEST = 800  # characters; what comes after is cut off silently (vendor's page on qwen-image)

_BOTTOM = "a bottom: trousers, shorts or a skirt"
_GARMENTS: Mapping[Wear, tuple[str, ...]] = MappingProxyType(
    {
        Wear.TOP: ("a top",),
        Wear.BOTTOM: (_BOTTOM,),
        Wear.OUTFIT: ("a top", _BOTTOM),
        Wear.DRESS: ("a dress or jumpsuit in one piece",),
    }
)
_CHANGE: Mapping[Wear, str] = MappingProxyType(
    {
        Wear.TOP: "wearing the top of image 1 in place of their own top. Their trousers or skirt,"
        " shoes and accessories stay exactly as they are.",
        Wear.BOTTOM: "wearing the bottom of image 1 in place of their own trousers, shorts or"
        " skirt. Their top, shoes and accessories stay exactly as they are.",
        Wear.OUTFIT: "wearing the top of image 1 and the bottom of image 2 in place of their own"
        " top and bottom. Their shoes and accessories stay exactly as they are.",
        Wear.DRESS: "wearing the dress or jumpsuit of image 1 in place of their own top and"
        " bottom. Their shoes and accessories stay exactly as they are.",
    }
)
_FACES: Mapping[Face, str] = MappingProxyType(
    {
        Face.KEEP: "It is the same person: keep face, expression, age, skin tone and hair.",
        Face.NEW: "Give the person another natural face of the same age, gender and skin tone;"
        " keep the hair and where they look.",
    }
)
_GARMENT = (
    "Take colour, pattern, print, fabric, cut and length from the garment photo; let it fit the"
    " body with natural folds and shadows."
)
_PINNED = (
    "Keep body shape, pose, hands, background, light, camera angle and framing of image {person}"
    " unchanged. One photorealistic picture of one person: no text, no border, no collage."
)


def try_on(wear: Wear, face: Face) -> str:
    """Return the instruction for a try-on whose message names the garments, then the person."""
    garments = _GARMENTS[wear]
    person = len(garments) + 1
    shown = [f"Image {place}: {what}." for place, what in enumerate(garments, start=1)]
    return "\n".join(
        (
            " ".join(("Virtual try-on.", *shown, f"Image {person}, the last one: the person.")),
            f"Return the photo of image {person} with the person {_CHANGE[wear]}",
            _GARMENT,
            _FACES[face],
            _PINNED.format(person=person),
        )
    )
