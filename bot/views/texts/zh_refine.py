"""What the bot says about refining a picture, in Simplified Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "job.refine": "🔍 精修（高清）",
    "ask.gender": "<b>这张图上是谁？</b>\n精修需要知道。我会记住，在卡片上也可以更改。",
    "gender.woman": "👩 女士",
    "gender.man": "👨 男士",
    "button.gender.woman": "👩 图上是：女士",
    "button.gender.man": "👨 图上是：男士",
    "card.refine": "<b>要精修吗？</b>\n还是这张图，细节更清晰。",
    "card.photo.coarse": "这张图",
    "no_refine": "现在无法精修，请稍后再试。",
    "refine_gone": (
        "精修要用未压缩的原图，原图只保留 24 小时，现在已经没有了。点“再来一张”重新画，就可以精修。"
    ),
    "stale.AwaitGender": "那一步已经过去了。现在请告诉我图上是谁。",
    "stale.ConfirmRefine": "那一步已经过去了。你的卡片是最新的那条消息。",
    "order.refine": "高清：{wear}",
    "result.refined": "🔍 <b>高清图来啦！</b>\n{wear} · {model} · {time}",
    "fail.refine.photo_gone": (
        "精修要用的图有一张已经没有了：它们只保留 24 小时。请重新试穿一次，然后就可以精修。"
    ),
    "fail.refine.model_gone": "精修已不再提供。你手里的图还是你的。",
    "fail.refine.not_allowed": "我们无法使用精修。你手里的图还是你的。",
    "model.aitryon-refiner": "高清",
}
