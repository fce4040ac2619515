"""What the bot says about refining a picture, in English; see `en`."""

TEXTS = {
    "job.refine": "🔍 Refine (HD)",
    "ask.gender": (
        "<b>Who is on this picture?</b>\n"
        "Refining has to know. I remember it, and you can change it on the card."
    ),
    "gender.woman": "👩 A woman",
    "gender.man": "👨 A man",
    "button.gender.woman": "👩 On the picture: a woman",
    "button.gender.man": "👨 On the picture: a man",
    "card.refine": "<b>Refine it?</b>\nThe same picture once more, with finer details.",
    "card.photo.coarse": "The picture",
    "no_refine": "Refining isn't possible right now. Please try again later.",
    "refine_gone": (
        "Refining starts from the uncompressed picture, which is kept for 24 hours only. "
        "Tap Again for a new one: that can be refined."
    ),
    "stale.AwaitGender": "That step is over. Now tell me who is on the picture.",
    "stale.ConfirmRefine": "That step is over. Your card is the latest message here.",
    "order.refine": "HD: {wear}",
    "result.refined": "🔍 <b>Here it is in HD!</b>\n{wear} · {model} · {time}",
    "fail.refine.photo_gone": (
        "One of the pictures it starts from is no longer there: they are kept for 24 hours. "
        "Please order the try-on again, then it can be refined."
    ),
    "fail.refine.model_gone": "Refining is no longer offered. The picture you have stays yours.",
    "fail.refine.not_allowed": "Refining is not open to us. The picture you have stays yours.",
    "model.aitryon-refiner": "HD",
}
