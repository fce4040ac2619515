"""What the bot says where one order has several outfits or pictures, in English; see `en`."""

TEXTS = {
    "model.damo": "studio, by DAMO",
    "button.samples": "🖼 Pictures per outfit: {n} (up to {most})",
    "ask.wear_more": "<b>What comes next?</b>\nChoose one, or just send the garment's photo.",
    "ask.wear_more_unnamed": (
        "<b>What is the last one on the right?</b>\nTell me, and it joins as another outfit."
    ),
    "button.another": "+ Another outfit",
    "button.one_less": "- One outfit less",
    "card.outfits": (
        "<b>Ready?</b>\nOn the left the person, on the right everything to try on:\n{outfits}"
    ),
    "card.time_several": "{n} pictures, each as soon as it is ready, the last in <b>{wait}</b>",
    "card.latest_only": (
        "This quality draws the last outfit only. The others stay here, for a quality that can."
    ),
    "fewer_pictures": (
        "That is more than you have ({balance}). Choose fewer pictures or outfits; new credits "
        "come in {renews}."
    ),
    "several.more": "🎨 <b>{here} of {of} pictures are here.</b> The others follow.",
    "several.over": "✅ <b>Done.</b> {here} of {of} pictures are below.",
    "several.failed": "Not drawn, and not charged: {failed}.",
    "several.order": "{order}, {n} pictures",
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
