"""What the bot says about keeping one's own other half, in English; see `en`."""

TEXTS = {
    "half.bottom.keep": "👖 Bottom: my own",
    "half.bottom.new": "👖 Bottom: the model's choice",
    "half.top.keep": "👕 Top: my own",
    "half.top.new": "👕 Top: the model's choice",
    "result.half.bottom.missing": (
        "I found no trousers or skirt of yours on the photo, so the model chose something."
    ),
    "result.half.top.missing": "I found no top of yours on the photo, so the model chose one.",
    "result.half.bottom.skipped": (
        "Your own trousers or skirt could not be cut out this time, so the model chose something."
    ),
    "result.half.top.skipped": (
        "Your own top could not be cut out this time, so the model chose one."
    ),
    "alert.half_skipped": "People's own other half cannot be kept",
    "alert.half_skipped.do": (
        "The segmentation model refuses. Try-ons go on without it, and people are told. Look in "
        "Model Studio whether it is open to the account."
    ),
}
