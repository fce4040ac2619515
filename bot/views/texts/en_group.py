"""What the bot says in groups, in English; see `en`."""

TEXTS = {
    # --- steps ---
    "group.answer.tryon": (
        "Answer this message with it, or answer anybody's photo with /tryon. /cancel stops."
    ),
    "group.answer.restyle": (
        "Answer this message with it, or answer anybody's photo with /restyle. /cancel stops."
    ),
    "group.placeholder": "A photo, please",
    "group.idle": "All right.",
    "album_unseen": (
        "Of an album I see only the photo with the command here. "
        "For the others, answer them with /tryon."
    ),
    "style_unknown": "I don't know a style of that name. You can choose from the gallery.",
    # --- messages of their own ---
    "group.welcome": (
        "I show you wearing it. 👗 Answer a photo with /tryon, or a portrait with /restyle."
    ),
    "group.help": (
        "<b>In this group</b>\n"
        "/tryon as the caption of a photo, or as an answer to one: try something on\n"
        "/restyle likewise: have a portrait repainted, such as /restyle anime\n"
        "/cancel stops what you began, /quota tells your credits\n"
        "Everybody has their own order; only you can press your buttons."
    ),
    "group.unknown_command": "I don't know that command. Here I know /tryon and /restyle.",
    "group.nothing_to_cancel": "There is nothing of yours to cancel here.",
    "group.private": "Open our private chat",
    # --- the bot comes and goes ---
    "group.introduction": (
        "Hello everybody! 👋 I show you wearing it. Answer a photo with /tryon, or a portrait "
        "with /restyle. Otherwise I keep quiet."
    ),
    "group.no_pictures": (
        "I may not send pictures here, so yours come in private: tap my name and press Start. "
        "An administrator can allow me to send them here."
    ),
    "group.picture": "From your order in “{group}”, where I can't send it:",
    "group.refunded": (
        "I am no longer in “{group}”, so I cancelled your order there. You got {credits} back."
    ),
    # --- answers to presses ---
    "not_yours": "This one belongs to somebody else. Send /tryon to begin your own. 🙂",
    # --- who cannot order ---
    "group.nameless": (
        "I can't tell who you are while you write as the group. Switch off “Remain anonymous” "
        "to order, or write to me in private."
    ),
}
