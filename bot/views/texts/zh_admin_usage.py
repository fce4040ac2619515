"""What operators read about what was used, in Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "admin.usage.usage": "/usage [天数]",
    "admin.command.usage": "订单、人数、积分和费用",
    "admin.usage_head": "📊 <b>{first} 至 {last}</b>",
    "admin.usage_none": "没有人下单。",
    "admin.usage_why": "<b>失败的原因</b>",
    "admin.usage_legend": "🟩 完成 🟥 失败 ⬜ 取消或进行中\n🟧 下方：每天的费用（元）",
    "admin.usage_file": "同样的数据，表格文件。",
    "admin.usage_of.orders": "单",
    "admin.usage_of.done": "完成",
    "admin.usage_of.failed": "失败",
    "admin.usage_of.cancelled": "取消",
    "admin.usage_of.open": "进行中",
    "admin.usage_of.people": "人",
    "admin.usage_of.credits": "积分",
    "admin.usage_of.cny": "元",
    "admin.usage_of.model": "模型",
}
