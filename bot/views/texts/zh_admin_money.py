"""What operators read about money and models, in Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "admin.usage.budget": "/budget [N|default] [原因]",
    "admin.command.budget": "已花的钱，每天的上限（元）",
    "admin.misread.money": "“{word}”不是金额，应该像 80 或 12.50 这样。",
    "admin.budget": "💰 今天：<b>{today}</b> / {cap} 元（{share} %）",
    "admin.budget.month": "本月：{month} 元",
    "admin.budget.setting": "上限来自设置。",
    "admin.budget.changed": "上限由管理员设定；/budget default 恢复设置里的。",
    "admin.budget.set": "✓ 每天的上限：{before} → <b>{after} 元</b>",
    "admin.budget.ask": (
        "不再花一分钱？每天 {before} → <b>0 元</b>\n那样谁都不能下单，直到你再提高。"
    ),
    # --- models ---
    "admin.usage.models": "/models",
    "admin.command.models": "哪些模型在接单，其他的为什么不接",
    "admin.usage.pause": "/pause [模型 [原因]]",
    "admin.command.pause": "暂停一个模型，或暂停全部接单",
    "admin.usage.resume": "/resume [模型 [原因]]",
    "admin.command.resume": "恢复",
    "admin.misread.model": "这里没有模型“{word}”。/models 列出了全部。",
    "admin.models": "<b>模型（按优先顺序）</b>",
    "admin.models.closed": "⏸ <b>管理员暂停了全部接单</b>，已 {since}。",
    "admin.models.name": "{health} <b>{name}</b>",
    "admin.unknown": "还不知道",
    "admin.models.well": "🟢",
    "admin.models.held_by_operator": "⏸",
    "admin.models.held_by_itself": "🔴",
    "admin.models.load": "等待 {waiting}，正在画 {drawn}。通常用时：{runtime}",
    "admin.models.by_operator": "管理员暂停，已 {since}；/resume 恢复。",
    "admin.models.why": "{reason}，已 {since}",
    "admin.models.until": "{reason}，已 {since}；{left}后再试",
    "admin.models.all": "全部接单",
    "admin.pause.ask": (
        "暂停<b>{what}</b>？\n等待中的 {waiting} 单会留在原处，大家会看到已暂停。用 /resume 恢复。"
    ),
    "admin.pause": "✓ {what}：运行 → <b>暂停</b>\n等待中的 {waiting} 单留在原处。",
    "admin.pause.already": "管理员已经暂停了{what}。用 /resume 恢复。",
    "admin.resume": "✓ {what}：暂停 → <b>运行</b>",
    "admin.resume.already": "没有暂停：{what}。",
    "admin.resume.still": "仍然停着：{models}。原因见 /models。",
    "admin.state.on": "运行",
    "admin.state.paused": "暂停",
}
