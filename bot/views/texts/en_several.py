"""What the bot says where one order has several outfits or pictures, in English; see `en`."""

TEXTS = {
    "model.damo": "studio, by DAMO",
    "several.more": "🎨 <b>{here} of {of} pictures are here.</b> The others follow.",
    "several.over": "✅ <b>Done.</b> {here} of {of} pictures are below.",
    "several.failed": "Not drawn, and not charged: {failed}.",
    "several.outfit": "outfit {n} of {of}",
    "several.picture": "picture {n} of {of}",
    "fail.not_drawn": (
        "The image service gave this picture up without saying why. Please try another photo of "
        "the garment: lying flat, on a plain background."
    ),
    "fail.fewer_drawn": (
        "The image service drew fewer pictures than I had ordered. Please order this one again, "
        "if you like."
    ),
    "alert.fewer_drawn": "An image service draws fewer pictures than are ordered",
    "alert.fewer_drawn.do": "Those that are missing were refunded. See what the vendor charges.",
}
