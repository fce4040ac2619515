"""What the bot says about image services other than the usual one, in English; see `en`."""

TEXTS = {
    # --- consent: where else photos may go, by the account of the service ---
    "ask.consent_fashn": (
        "• Pictures marked “FASHN” are drawn by another company: then your photos go there, and "
        "copies may stay for 72 hours."
    ),
}
