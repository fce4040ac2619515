"""What the bot says when another model draws an order, in Simplified Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    # --- below a progress message ---
    "detour.instead": "↪️ “{before}”暂不可用，改用“{after}”来画。",
    "detour.without": "无法保留：{options}。",
    "detour.price": "费用为 {credits}，原来是 {was}。",
    "detour.price_all": "{n} 张一共 {credits}，原来是 {was}。",
    "detour.option.face.keep": "你自己的脸",
    "detour.option.face.new": "新面孔",
    "detour.option.size": "尺寸 {size}",
    "detour.option.half": "你原来穿的另一半",
    "detour.option.other": "你的一个选项",
    # --- the question ---
    "progress.asked": "❓ <b>需要你来决定。</b>\n请看下面的问题。",
    "detour.ask": (
        "❓ <b>可以贵一点吗？</b>\n"
        "“{before}”暂不可用，“{after}”可以画你的订单：需要 <b>{credits}</b>，原来是 {was}。"
    ),
    "detour.ask_all": "这是这一单全部 {n} 张的费用。",
    "detour.ask_until": "一天内没有回答，积分会退还给你。",
    "job.yes": "✓ 可以，{credits}",
    "job.no": "✕ 不用了，退还 {credits}",
    "job.cancel_asked": "✕ {wear} · 等你回答",
    "quota.asked": "• {wear}：等你回答",
    "detour.settled.taken": "✓ 好的，谢谢！继续进行。",
    "detour.settled.given_back": "✕ 好的，已退还 {credits}。",
    "detour.settled.unanswered": "⌛ 没有收到回答，已退还 {credits}。",
    "detour.settled.back": "👍 你选的又可以用了，按原来的继续，什么都不变。",
    "detour.settled.cheaper": "👍 找到了不加价的办法，继续进行。",
    "detour.settled.replaced": "这个问题已经结束。",
    "fail.over_budget": ("这个模型暂不可用，换别的来画会超出今天的总额度。请明天再下单。"),
    # --- answers to presses: at most 200 characters, no markup ---
    "offer_taken": "谢谢！马上开始。✨",
    "offer_declined": "好的，积分会退还给你。",
    "offer_over": "这个问题已经结束。",
    "offer_too_dear": "你还剩 {balance}，不够。问题会保留在这里；{renews}后有新的积分。",
}
