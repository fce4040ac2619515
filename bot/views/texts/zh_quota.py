"""What the bot says of credits, in Simplified Chinese; see `en_quota`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    # --- on a card ---
    "card.price.own": "价格：<b>{price}</b>（你有 {have} 积分）",
    "card.price.pool": "价格：<b>{price}</b>（本群有 {have} 积分）",
    "card.price.limit": "价格：<b>{price}</b>（你今天在本群还能用 {have} 积分）",
    "card.too_dear": "积分不够。{more}",
    # --- refusals ---
    "no_credits": "{left}，不够用。{more}详情：/quota",
    "cheaper_fits": "{left}，不够用这种画质。可以在卡片上换一种，或者等一等。{more}",
    "fewer_fit": "{left}，不够画这么多。可以少选几种，或者等一等。{more}",
    "purse.left.own": "你还剩 {balance}",
    "purse.left.pool": "本群今天还剩 {balance}",
    "purse.left.limit": "你今天在本群还能用 {balance}",
    "purse.more.own": "{renews}后会有新的积分。",
    "purse.more.pool": "{renews}后本群会有新的积分。",
    "purse.more.limit": "{renews}后又可以用 {limit}。",
    # --- /quota ---
    "quota": "🎟 <b>你的积分</b>",
    "quota.daily": "今天还剩 <b>{daily}</b>，{renews}后更新。",
    "quota.extra": "另有 <b>{extra}</b>，不会过期。",
    "quota.pool": "🎟 本群还剩 <b>{left}</b>，大家共用，{renews}后更新。",
    "quota.members": "🎟 在本群用的是各自的积分。你还剩 <b>{left}</b>，{renews}后更新。",
    "quota.used": "你今天在本群用了 {used}。",
    "quota.used_of": "你今天在本群用了 {used}，每人最多 {limit}。",
    "quota.running": "<b>正在进行</b>",
    "quota.queued": "• {wear}：排在第 {position} 位",
    "quota.drawing": "• {wear}：正在画",
    "quota.idle": "目前没有进行中的订单。",
    "quota.prices": "<b>一张图的价格（按画质）</b>",
    "quota.price": "• {model}：{price}，{wait}",
    "quota.free": "失败或取消的订单不扣积分。",
}
