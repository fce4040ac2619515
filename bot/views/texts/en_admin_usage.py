"""What operators read about what was used, in English; see `en`."""

TEXTS = {
    "admin.usage.usage": "/usage [days]",
    "admin.command.usage": "Orders, people, credits and money",
    "admin.usage_head": "📊 <b>{first} to {last}</b>",
    "admin.usage_none": "Nothing was ordered.",
    "admin.usage_why": "<b>Why orders failed</b>",
    "admin.usage_legend": "🟩 done 🟥 failed ⬜ cancelled or open\n🟧 CNY a day, below",
    "admin.usage_file": "The same as a table, for your spreadsheet.",
    "admin.usage_of.orders": "orders",
    "admin.usage_of.done": "done",
    "admin.usage_of.failed": "failed",
    "admin.usage_of.cancelled": "cancelled",
    "admin.usage_of.open": "open",
    "admin.usage_of.people": "people",
    "admin.usage_of.credits": "credits",
    "admin.usage_of.cny": "CNY",
    "admin.usage_of.model": "model",
}
