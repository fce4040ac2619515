"""What the bot says when another model draws an order, in English; see `en`."""

TEXTS = {
    # --- below a progress message ---
    "detour.instead": "↪️ Drawn as “{after}”: “{before}” isn't available.",
    "detour.without": "Without: {options}.",
    "detour.price": "It costs {credits} instead of {was}.",
    "detour.price_all": "All {n} pictures cost {credits} instead of {was}.",
    "detour.option.face.keep": "your own face",
    "detour.option.face.new": "a new face",
    "detour.option.size": "the size {size}",
    "detour.option.half": "the other half you have on",
    "detour.option.other": "one of your options",
    # --- the question ---
    "progress.asked": "❓ <b>I need your answer.</b>\nPlease look at my question below.",
    "detour.ask": (
        "❓ <b>May it cost more?</b>\n"
        "“{before}” isn't available, but “{after}” can draw your order: "
        "for <b>{credits}</b> instead of {was}."
    ),
    "detour.ask_all": "That is for all {n} pictures of your order.",
    "detour.ask_until": "Without an answer within a day you get your credits back.",
    "job.yes": "✓ Yes, for {credits}",
    "job.no": "✕ No, give me {credits} back",
    "job.cancel_asked": "✕ {wear} · waits for your answer",
    "quota.asked": "• {wear}: waits for your answer",
    "detour.settled.taken": "✓ Yes, thank you. It goes on.",
    "detour.settled.given_back": "✕ All right. You got {credits} back.",
    "detour.settled.unanswered": "⌛ There was no answer, so you got {credits} back.",
    "detour.settled.back": "👍 What you ordered is available again. It goes on, nothing changes.",
    "detour.settled.cheaper": "👍 Another way was found that costs no more. It goes on.",
    "detour.settled.replaced": "This question is no longer open.",
    "fail.over_budget": (
        "This model isn't available, and drawing it another way is more than the house can spend "
        "today. Please order it again tomorrow."
    ),
    # --- answers to presses: at most 200 characters, no markup ---
    "offer_taken": "Thank you! On its way. ✨",
    "offer_declined": "All right. You get your credits back.",
    "offer_over": "This question is no longer open.",
    "offer_too_dear": (
        "You have {balance} left, that is not enough. The question stays here; "
        "new credits come in {renews}."
    ),
}
