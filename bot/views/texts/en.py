"""What the bot says, in English.

Short and warm, one thought per sentence. `{…}` is filled in, `<b>…</b>` is Telegram HTML;
texts of buttons and of answers to presses carry no markup.
"""
# ruff: noqa: RUF001  typographic signs are meant as they stand

NAME = "English"

TEXTS = {
    # --- the menu, and messages of their own ---
    "menu.tryon": "👗 Try on",
    "menu.quota": "🎟 Credits",
    "menu.language": "🌐 Language",
    "menu.help": "💡 Help",
    "welcome": (
        "Hi {name}! 👋\n"
        "Send me a photo of yourself and one of a garment, and I'll show you wearing it.\n\n"
        "You have {balance}. Just send a photo, or tap a button."
    ),
    "idle": "What would you like to do?",
    "hint": "I speak photos best. 📷 Send me one of yourself, or tap <b>Try on</b>.",
    "unknown_command": "I don't know that command. I know:\n{commands}",
    "language": "Which language shall I speak?",
    "language_set": "From now on I speak English.",
    "trouble": "Sorry, something broke on my side. Please do that once more, or send /tryon.",
    "nothing_to_cancel": "There is nothing to cancel. When you like, start with /tryon.",
    "which_to_cancel": "Which order shall I stop?",
    "help": (
        "<b>How it works</b>\n"
        "1. Send a photo of a person.\n"
        "2. Choose what to wear and send its photo.\n"
        "3. Look at the card and tap Go. The picture arrives here.\n"
        "Quicker: send the person and the garments as one album.\n\n"
        "<b>Good photos</b>\n"
        "👍 One person, head to toe, from the front, hands visible, good light.\n"
        "👍 One garment, laid flat on a plain background, filling the picture.\n\n"
        "<b>Bad photos</b>\n"
        "👎 Groups, half a body, somebody sitting or hidden behind a phone, children under 6.\n"
        "👎 Folded or worn garments, several at once. Underwear, wedding dresses and "
        "traditional costumes rarely work.\n\n"
        "<b>Commands</b>\n"
        "{commands}\n\n"
        "Only finished pictures cost credits. Your photos go to Alibaba Cloud's image service "
        "for drawing; the copies there vanish within 48 hours."
    ),
    # --- consent ---
    "ask.consent": (
        "<b>Before the first photo: what happens to it</b>\n"
        "• To draw your picture, I send your photos to Alibaba Cloud's image service. The "
        "copies there vanish within 48 hours.\n"
        "• I keep no copy of your photos, only Telegram's references to them.\n"
        "• I keep the finished picture uncompressed for 24 hours. In this chat it stays as "
        "long as you like.\n"
        "• Please send only photos of yourself, or of people who agree."
    ),
    "ask.consent_question": "Is that all right with you?",
    "ask.consent_photos": "What you sent is waiting here. I use it once you agree.",
    "button.agree": "✅ Yes, I agree",
    "button.decline": "No, thanks",
    "declined": "That's fine. I kept nothing. If you change your mind, just send a photo.",
    # --- the steps ---
    "ask.person": (
        "<b>Who is trying on?</b>\n"
        "Send a photo of one person: best head to toe, from the front, hands visible."
    ),
    "ask.person_last": "Or take the same person as last time.",
    "ask.person_keep": "Or keep the one you have.",
    "ask.wear": "<b>What shall it be?</b>\nChoose one, or just send the garment's photo.",
    "ask.wear_unnamed": (
        "<b>On the left the person, on the right the garment?</b>\nThen tell me what it is."
    ),
    "ask.garment.top": "<b>Now a photo of the top.</b>",
    "ask.garment.bottom": "<b>Now a photo of the bottom:</b> trousers, shorts or a skirt.",
    "ask.garment.dress": "<b>Now a photo of the dress or jumpsuit.</b>",
    "ask.garment_tip": "Best laid flat on a plain background, and nothing else in the picture.",
    "ask.garment_keep": "Or keep the one you have.",
    "ask.role": "<b>Who or what is this?</b>",
    "ask.role_more": (
        "<b>One more photo. Who or what is it?</b>\n"
        "It joins what you have, or takes its place. Back leaves it out."
    ),
    "role.person": "👤 Me (the person)",
    "role.top": "👕 Top",
    "role.bottom": "👖 Bottom",
    "role.dress": "👗 Dress / jumpsuit",
    "wear.top": "👕 Top",
    "wear.bottom": "👖 Bottom",
    "wear.outfit": "👕👖 Top + bottom",
    "wear.dress": "👗 Dress / jumpsuit",
    "wear.chosen": "✓ {wear}",
    "button.last": "👤 Same as last time",
    "button.keep": "✓ Keep it",
    "button.swap": "⇄ Swap",
    "button.swap_top": "⇄ Person and top",
    "button.swap_garments": "⇄ Top and bottom",
    "button.back": "← Back",
    "button.cancel": "✕ Cancel",
    # --- the card ---
    "card.top": "<b>Ready?</b>\nOn the left the person, on the right the top.",
    "card.bottom": "<b>Ready?</b>\nOn the left the person, on the right the bottom.",
    "card.outfit": "<b>Ready?</b>\nOn the left the person, on the right top and bottom.",
    "card.dress": "<b>Ready?</b>\nOn the left the person, on the right the dress.",
    "card.time": "Your picture in <b>{wait}</b>",
    "card.waits": "What you have put together stays here.",
    "card.flaws": "⚠️ {photo}: {flaws}. A better photo helps, but you may go on.",
    "card.photo.person": "The person's photo",
    "card.photo.top": "The top's photo",
    "card.photo.bottom": "The bottom's photo",
    "card.photo.dress": "The dress's photo",
    "card.flaw.dark": "rather dark",
    "card.flaw.blurred": "blurred",
    "card.flaw.small": "rather small",
    "list.comma": ", ",
    "face.keep": "🙂 Face: as it is",
    "face.new": "🎭 Face: a new one",
    "button.size": "📐 Size: {size}",
    "size.original": "like the photo",
    "size.other": "{width} × {height}",
    "button.model": "🖌 Quality: {model}",
    "button.garments": "Change garments",
    "button.person": "Change person",
    "button.go": "✨ Go · {price}",
    "button.retry": "↻ Try again",
    # --- lines above a prompt ---
    "cancelled": "Okay, cancelled. Nothing was ordered.",
    "cancelled_orders_run": "Okay, cancelled. Your earlier orders go on; /cancel stops them too.",
    "not_known": "I don't know that command. We are here:",
    "no_words": "I understand photos better than words. 📷",
    "use_buttons": "Please use the buttons here.",
    "same_photo": "You already sent me exactly this photo. I need another one here.",
    "album_many": "That was a whole pile! I took the first three: the person, a top, a bottom.",
    "album_late": (
        "One more photo of your album came in late, so I left it out. "
        "If you need it, send it once more."
    ),
    "options_changed": (
        "This quality doesn't offer all you had chosen. Please look at the card again."
    ),
    "model_changed": "The quality you had is not available now. Please look at the card again.",
    "price_changed": "The card has changed. Please look at the price, then tap Go again.",
    "flaw.dark": "⚠️ This photo is rather dark. You may go on; for a better one, tap Back first.",
    "flaw.blurred": "⚠️ This photo is blurred. You may go on; for a better one, tap Back first.",
    "flaw.small": "⚠️ This photo is rather small. You may go on; for a better one, tap Back first.",
    "no_model": "No picture can be drawn right now. Please try again in a few minutes.",
    "no_budget": (
        "So many pictures today that the house limit is reached. It goes on in {renews}."
    ),
    # --- what cannot be used ---
    "refused.too_small": (
        "That photo is too small to see much. Please send it in its original size, "
        "best with at least 400 pixels on each side."
    ),
    "refused.too_large": (
        "That file is too large, I can take 20 MB. Please send it as a normal photo."
    ),
    "refused.too_many_pixels": (
        "That picture has more pixels than I can handle. Please send it as a normal photo."
    ),
    "refused.not_a_picture": (
        "That is not a picture I can read. Please send a photo (JPEG, PNG, WEBP, HEIC or BMP)."
    ),
    "refused.unreadable": "I can't open that picture, it seems damaged. Please send it again.",
    "refused.extreme_ratio": (
        "That picture is too long and narrow. Please crop it to the person or the garment."
    ),
    "refused.animation": "That one moves! 🙂 Please send a photo that stands still.",
    "refused.sticker": "Lovely sticker! But what I need is a photo, please.",
    "refused.video": "I can't use videos. A screenshot of it will do, please.",
    "refused.voice": "I can't listen, sorry. Please send a photo.",
    "refused.other": "I can't do anything with that, sorry. Please send a photo.",
    # --- answers to presses: at most 200 characters, no markup ---
    "ordered": "On its way! ✨",
    "too_many_orders": (
        "You have {orders} under way, more at once is not possible. "
        "As soon as one is finished, tap Go again."
    ),
    "going_on": "You are in the middle of one. Go on in the latest message, or send /cancel.",
    "bad_button": "This button does nothing for you. To begin something new, send /tryon.",
    "cancel_done": "Cancelled. You get your credits back.",
    "cancel_asked": (
        "I'm asking the image service to stop. If it is drawing already, you'll get the picture."
    ),
    "cancel_too_late": (
        "Too late to cancel: this one is being drawn or finished already. The picture comes."
    ),
    "original_comes": "Here it comes, uncompressed.",
    "original_gone": (
        "The uncompressed picture is kept for 24 hours only, it is gone. "
        "The one in this chat stays yours."
    ),
    "before_after_comes": "Before and after, coming up.",
    "not_ready": "There is no picture yet. I'll send it as soon as it is finished.",
    "no_new_face": "A new face can't be drawn right now. Please try again later.",
    "stale.Idle": "That step is over. Send me a photo or /tryon to begin anew.",
    "stale.AwaitConsent": "That step is over. Now I need your yes or no about your photos.",
    "stale.AwaitPerson": "That step is over. Now please send a photo of the person.",
    "stale.AwaitWear": "That step is over. Now tell me what to wear, in the latest message.",
    "stale.AwaitGarment": "That step is over. Now please send the garment's photo.",
    "stale.AwaitRole": "That step is over. Now tell me who or what the new photo shows.",
    "stale.Confirm": "That step is over. Your card is the latest message here.",
    # --- progress and results ---
    "progress.next": "⏳ <b>You are next.</b>\nYour picture in {wait}.",
    "progress.queued": "⏳ <b>Number {position} in the queue.</b>\nYour picture in {wait}.",
    "progress.drawing": "🎨 <b>Being drawn.</b>\nYour picture in {wait}.",
    "progress.drawing_long": "🎨 <b>Being drawn.</b>\nIt takes a little longer than usual.",
    "progress.held": (
        "⏸ <b>The image service is taking a break.</b>\n"
        "Your order keeps its place and goes on by itself."
    ),
    "progress.cancelling": (
        "🛑 <b>I asked the image service to stop.</b>\n"
        "If it is drawing already, you get the picture after all."
    ),
    "progress.done": "✅ <b>Done.</b> Your picture is below.",
    "progress.cancelled": "✕ <b>Cancelled.</b> You got {credits} back.",
    "job.cancel": "✕ Cancel this order",
    "job.cancel_queued": "✕ {wear} · number {position}",
    "job.cancel_drawing": "✕ {wear} · being drawn",
    "job.again": "↻ Again",
    "job.new_face": "🎭 New face",
    "job.other_garment": "👕 Other garment",
    "job.other_person": "👤 Other person",
    "job.original": "🖼 Original file",
    "job.before_after": "◧ Before / after",
    "result": "✨ <b>Here you are!</b>\n{wear} · {model} · {time}",
    "result.new_face": "✨ <b>Here you are!</b>\n{wear}, new face · {model} · {time}",
    "result.original": "Your picture, uncompressed.",
    "result.before_after": "Before and after.",
    "fail": "😕 <b>This one didn't work.</b>",
    "fail.not_charged": "Not charged: you got {credits} back.",
    "fail.person_unclear": (
        "I couldn't make out exactly one whole person. Please take a photo with one person, "
        "head to toe, from the front."
    ),
    "fail.photo_unfit": (
        "The image service can't use one of the photos. Please send a larger or sharper one."
    ),
    "fail.content_refused": (
        "The image service's content check refused these photos. Please try other ones."
    ),
    "fail.photo_unreachable": (
        "Your photos didn't reach the image service. That is our fault, and the operator knows. "
        "Please try again in a few minutes."
    ),
    "fail.photo_gone": "Telegram no longer has one of the photos. Please send it again.",
    "fail.request_refused": (
        "The image service didn't take the order. That is our fault, and the operator knows. "
        "Please try again later, or with another quality."
    ),
    "fail.throttled": "The image service is very busy. Please try again in a few minutes.",
    "fail.arrears": (
        "The image service is closed to us for now. The operator knows. Please try again later."
    ),
    "fail.key_refused": (
        "The image service doesn't let us in for now. The operator knows. Please try again later."
    ),
    "fail.not_allowed": ("This quality is not open to us. Please order again with another one."),
    "fail.model_gone": "This quality no longer exists. Please order again with another one.",
    "fail.service_failed": (
        "The image service stumbled, more than once. Please try again in a few minutes, "
        "or with another quality."
    ),
    "fail.task_lost": (
        "The image service lost your order. The operator knows. Please just order again."
    ),
    "fail.submit_unclear": (
        "The line broke while ordering, and it could not be found out whether the order "
        "arrived. The operator knows. Please just order again."
    ),
    "fail.result_unusable": (
        "What came back from the image service is no usable picture. The operator knows. "
        "Please try again."
    ),
    "fail.too_late": "It took far too long, so I stopped waiting. Please try again later.",
    "fail.internal": (
        "Something broke here. That is our fault, and the operator knows. Please try again."
    ),
    # --- credits ---
    "credits.one": "{n} credit",
    "credits.other": "{n} credits",
    "orders.one": "{n} order",
    "orders.other": "{n} orders",
    "model.aitryon-plus": "fine",
    "model.aitryon": "standard",
    "model.wan2.7-image-pro": "fine, by Wan Pro",
    "model.wan2.7-image": "standard, by Wan",
    "model.qwen-image-3.0": "standard, by Qwen 3",
    "model.qwen-image-2.0": "standard, by Qwen 2",
    "model.fashn": "fine, by FASHN",
    # --- times ---
    "time.about": "about {time}",
    "time.s": "{s} s",
    "time.min": "{m} min",
    "time.h": "{h} h",
    "time.h_min": "{h} h {m} min",
    # --- the bot's profile ---
    "command.tryon": "Try clothes on",
    "command.quota": "Your credits and the prices",
    "command.cancel": "Stop what is going on",
    "command.language": "Change the language",
    "command.help": "How it works, and what good photos look like",
    "profile.description": (
        "See how it looks on you before you buy it.\n\n"
        "Send a photo of yourself and one of a top, trousers or a dress, and get back a "
        "picture of you wearing it. A few free ones every day."
    ),
    "profile.short": "Try clothes on: your photo + a garment's photo = you wearing it.",
    # --- for the operator ---
    "alert.times": "{times} times since I last told you.",
    "alert.detail": "<code>{detail}</code>",
    "alert.key_refused": "An image service refuses the key",
    "alert.key_refused.do": (
        "Orders are kept and wait. Check the key and its region, set it anew and restart."
    ),
    "alert.arrears": "An image service's account has no money or no quota left",
    "alert.arrears.do": "Orders are kept and wait. Top the account up; it goes on by itself.",
    "alert.not_allowed": "The account may not use a model",
    "alert.not_allowed.do": (
        "The model is off. Buy or activate it at the vendor, or take it out of TRYON_MODELS."
    ),
    "alert.model_gone": "A model no longer exists",
    "alert.model_gone.do": "The model is off. Take it out of TRYON_MODELS, or put another in.",
    "alert.photo_unreachable": "An image service can't fetch our photos",
    "alert.photo_unreachable.do": (
        "The orders concerned were refunded. Check the photo host and the service's status."
    ),
    "alert.request_refused": "An image service refuses our requests",
    "alert.request_refused.do": "Refunded. Probably a fault in this program: see the log.",
    "alert.task_lost": "An image service lost a task",
    "alert.task_lost.do": "Refunded. If it keeps happening, ask the vendor.",
    "alert.submit_unclear": "It is unclear whether an order reached the image service",
    "alert.submit_unclear.do": "Refunded, not repeated. Compare with the vendor's task list.",
    "alert.result_unusable": "An image service sends results that are no usable pictures",
    "alert.result_unusable.do": "Refunded. See the log for what came back.",
    "alert.internal": "Something broke in this program",
    "alert.internal.do": "What was concerned was refunded or set aside. See the log.",
    "alert.set_aside": "An update could not be handled and was set aside",
    "alert.set_aside.do": "Nothing is lost: it stays in the inbox with its reason. See the log.",
    "alert.unsent": "A message could not be sent",
    "alert.unsent.do": "It stays in the outbox with its reason. See the log.",
    "alert.budget": "Today's money cap is reached",
    "alert.budget.do": "Orders are refused until midnight. /budget N raises the cap.",
    "alert.job_stuck": "An order has been on its way for too long",
    "alert.job_stuck.do": "/job ID tells where it stands, /canceljob ID gives it up.",
    "alert.other": "Something needs your attention: {cause}",
    "alert.other.do": "See the log.",
}
