"""What the bot says about restyling, in English; see `en`."""

TEXTS = {
    "menu.restyle": "🎨 Restyle",
    "button.restyle": "🎨 Restyle it",
    # --- restyling ---
    "ask.portrait": (
        "<b>Whose portrait shall I restyle?</b>\n"
        "Send a photo of one person: best head and shoulders, the face clear and in good light."
    ),
    "ask.styles": (
        "<b>Which style?</b>\n"
        "The numbers are those in the picture. Tap one or several: each becomes a picture "
        "of its own."
    ),
    "ask.styles_price": "Each costs {price}; up to {most} in one go.",
    "ask.style_picture": (
        "<b>In the style of which picture?</b>\n"
        "Send it: a painting, a drawing, a film still. Only its style is taken, not what it shows."
    ),
    "button.style": "{n} · {style}",
    "button.style_ticked": "✓ {n} · {style}",
    "button.of_picture": "🖼 The style of a picture of yours",
    "button.of_picture_ticked": "✓ Your picture's style",
    "button.style_of": "Other style picture",
    "button.on": "→ Go on ({n})",
    "button.styles": "Change styles",
    "button.portrait": "Change portrait",
    "card.look": "<b>Ready?</b>\nYour portrait, restyled: {styles}.",
    "card.look_like": (
        "<b>Ready?</b>\nOn the left your portrait, on the right the picture whose style is meant.\n"
        "Styles: {styles}."
    ),
    "card.time_last": "One picture after the other, the last in <b>{wait}</b>",
    "card.photo.style": "The style picture",
    "card.photo.portrait": "The portrait",
    # --- the styles ---
    "style.retro_comic": "Retro comic",
    "style.fairy_tale_3d": "3D fairy tale",
    "style.anime": "Anime",
    "style.fresh": "Fresh",
    "style.future_tech": "Future tech",
    "style.classical_chinese": "Chinese painting",
    "style.warrior_general": "Warrior general",
    "style.vivid_cartoon": "Vivid cartoon",
    "style.elegant_chinese": "Elegant Chinese",
    "style.new_year": "New Year",
    "style.fine_brush": "Fine brushwork",
    "style.new_year_wishes": "New Year wishes",
    "style.fairy_world": "Fairy-tale world",
    "style.clay_world": "Clay world",
    "style.pixel_world": "Pixel world",
    "style.adventure_world": "Adventure world",
    "style.manga_world": "Manga world",
    "style.world_3d": "3D world",
    "style.anime_world": "Anime world",
    "style.hand_drawn_world": "Hand-drawn world",
    "style.crayon_world": "Crayon world",
    "style.fridge_magnet_world": "Fridge magnet",
    "style.badge_world": "Badge",
    "style.of_picture": "The style of a picture",
    "portrait_small": (
        "That photo is too small for restyling. Please send one with at least 256 pixels on "
        "each side."
    ),
    "one_portrait": "One photo is all I need here, so I took the first.",
    "new_portrait": "I took that as the new portrait.",
    "styles_changed": "Not all the styles you had are offered now. Please have a look.",
    "too_many_styles": (
        "With {orders} under way there is room for {room} more. Choose fewer styles, or wait "
        "until one is finished."
    ),
    "no_style_yet": "Tap at least one style first.",
    "styles_full": "{most} styles in one go are the most. Take the tick off another one first.",
    "stale.AwaitPortrait": "That step is over. Now please send the portrait.",
    "stale.AwaitStyles": "That step is over. Now choose your styles, in the latest message.",
    "stale.AwaitStylePicture": (
        "That step is over. Now please send the picture whose style you like."
    ),
    "stale.ConfirmLook": "That step is over. Your card is the latest message here.",
    "progress.ordered": "⏳ <b>Ordered.</b>",
    "progress.title": "🎨 {style}",
    "job.restyle": "🎨 Restyle this",
    "job.other_style": "🎨 Other style",
    "job.try_on": "👗 Try on",
    "result.restyle": "✨ <b>Here you are!</b>\n{style} · {model} · {time}",
    "fail.restyle.person_unclear": (
        "I couldn't make out one person's face. Please take a portrait of one person, the face "
        "clear and not too small."
    ),
    "fail.restyle.photo_unreachable": (
        "The image service couldn't use the photo: it didn't get it, or took it for no picture. "
        "The operator knows. Please try again in a few minutes, or with another photo."
    ),
    "model.wanx-style-repaint-v1": "Restyle",
    "command.restyle": "Restyle a portrait",
}
