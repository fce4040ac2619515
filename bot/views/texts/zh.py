"""What the bot says, in Simplified Chinese.

The same keys and placeholders as in English; written for the ear, not translated word by
word. Texts of buttons and of answers to presses carry no markup.
"""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

NAME = "简体中文"

TEXTS = {
    # --- the menu, and messages of their own ---
    "menu.tryon": "👗 试穿",
    "menu.quota": "🎟 积分",
    "menu.language": "🌐 语言",
    "menu.help": "💡 帮助",
    "welcome": (
        "{name}，你好！👋\n"
        "发一张你的照片，再发一张衣服的照片，我就让你看看穿上身的样子。\n\n"
        "你现在有 {balance}。直接发照片，或者点下面的按钮吧。"
    ),
    "idle": "接下来想做什么？",
    "hint": "我最看得懂的是照片 📷 发一张你的照片，或者点<b>试穿</b>。",
    "unknown_command": "这个命令我不认识。我会的有：\n{commands}",
    "language": "想让我说哪种语言？",
    "language_set": "好的，以后我说中文。",
    "trouble": "抱歉，我这边出了点问题。请再来一次，或者发 /tryon 重新开始。",
    "nothing_to_cancel": "现在没有可以取消的。想试穿时发 /tryon 就行。",
    "which_to_cancel": "要停掉哪一单？",
    "help": (
        "<b>怎么用</b>\n"
        "1. 发一张人物照片。\n"
        "2. 选要试穿的款式，发它的照片。\n"
        "3. 看一眼确认卡，点“开始”，成图会发到这里。\n"
        "更快的办法：把人物和衣服放在一个相册里一起发。\n\n"
        "<b>好照片</b>\n"
        "👍 只有一个人，从头到脚，正面，双手露出，光线充足。\n"
        "👍 只有一件衣服，平铺，背景干净，占满画面。\n\n"
        "<b>不好的照片</b>\n"
        "👎 合影、半身、坐着、被手机挡住脸，6 岁以下的孩子。\n"
        "👎 折起来的、穿在别人身上的、好几件堆在一起的。内衣、婚纱和民族服装通常效果不好。\n\n"
        "<b>命令</b>\n"
        "{commands}\n\n"
        "只有成功的图片才扣积分。照片会发给阿里云的图像服务用来作图，那边的副本 48 小时内就会消失。"
    ),
    # --- consent ---
    "ask.consent": (
        "<b>用第一张照片之前，先说清楚它会去哪里</b>\n"
        "• 为了作图，你的照片会发给阿里云的图像服务，那边的副本 48 小时内就会消失。\n"
        "• 我自己不留照片，只记下它们在 Telegram 里的编号。\n"
        "• 成图的无压缩原图保留 24 小时；聊天里的那张，你想留多久就留多久。\n"
        "• 请只发你自己的照片，或者本人同意的照片。"
    ),
    "ask.consent_question": "可以吗？",
    "ask.consent_photos": "你刚才发的先放在这里，等你同意了我再用。",
    "button.agree": "✅ 可以，我同意",
    "button.decline": "不用了",
    "declined": "没关系，我什么都没有留下。改主意了，随时发照片给我。",
    # --- the steps ---
    "ask.person": "<b>谁来试穿？</b>\n发一张单人照片，最好从头到脚、正面、双手露出。",
    "ask.person_last": "也可以用上次的那位。",
    "ask.person_keep": "也可以继续用现在这张。",
    "ask.wear": "<b>想试穿什么？</b>\n选一个，或者直接发衣服的照片。",
    "ask.wear_unnamed": "<b>左边是人，右边是衣服，对吗？</b>\n对的话，告诉我这是什么衣服。",
    "ask.garment.top": "<b>现在发上装的照片。</b>",
    "ask.garment.bottom": "<b>现在发下装的照片：</b>长裤、短裤或半裙。",
    "ask.garment.dress": "<b>现在发连衣裙或连体裤的照片。</b>",
    "ask.garment_tip": "最好平铺在干净的背景上，画面里不要有别的东西。",
    "ask.garment_keep": "也可以继续用现在这张。",
    "ask.role": "<b>照片里是谁，或者是什么？</b>",
    "ask.role_more": (
        "<b>又来一张。照片里是谁，或者是什么？</b>\n"
        "它会加进来，或者换掉原来的那张；点“返回”就不用它。"
    ),
    "role.person": "👤 我（试穿的人）",
    "role.top": "👕 上装",
    "role.bottom": "👖 下装",
    "role.dress": "👗 连衣裙 / 连体裤",
    "wear.top": "👕 上装",
    "wear.bottom": "👖 下装",
    "wear.outfit": "👕👖 上装 + 下装",
    "wear.dress": "👗 连衣裙 / 连体裤",
    "wear.chosen": "✓ {wear}",
    "button.last": "👤 还是上次那位",
    "button.keep": "✓ 不换",
    "button.swap": "⇄ 对调",
    "button.swap_top": "⇄ 人物和上装",
    "button.swap_garments": "⇄ 上装和下装",
    "button.back": "← 返回",
    "button.cancel": "✕ 取消",
    # --- the card ---
    "card.top": "<b>可以开始了吗？</b>\n左边是人，右边是上装。",
    "card.bottom": "<b>可以开始了吗？</b>\n左边是人，右边是下装。",
    "card.outfit": "<b>可以开始了吗？</b>\n左边是人，右边是上装和下装。",
    "card.dress": "<b>可以开始了吗？</b>\n左边是人，右边是连衣裙。",
    "card.time": "<b>{wait}</b>后出图",
    "card.waits": "你选好的都会留在这里。",
    "card.flaws": "⚠️ {photo}{flaws}。换一张更好的，效果也会更好；不换也可以继续。",
    "card.photo.person": "人物照片",
    "card.photo.top": "上装照片",
    "card.photo.bottom": "下装照片",
    "card.photo.dress": "连衣裙照片",
    "card.flaw.dark": "有点暗",
    "card.flaw.blurred": "有点模糊",
    "card.flaw.small": "有点小",
    "list.comma": "、",
    "face.keep": "🙂 脸：保留原样",
    "face.new": "🎭 脸：换一张新的",
    "button.size": "📐 尺寸：{size}",
    "size.original": "和照片一样",
    "size.other": "{width} × {height}",
    "button.model": "🖌 画质：{model}",
    "button.garments": "换衣服",
    "button.person": "换人",
    "button.go": "✨ 开始 · {price}",
    "button.retry": "↻ 再试一次",
    # --- lines above a prompt ---
    "cancelled": "好的，已取消，没有下单。",
    "cancelled_orders_run": "好的，已取消。之前下的单还在进行；再发一次 /cancel 可以停掉它们。",
    "not_known": "这个命令我不认识。我们现在在这一步：",
    "no_words": "比起文字，我更看得懂照片 📷",
    "use_buttons": "这一步请点按钮。",
    "same_photo": "这张照片你已经发过了，这里需要另一张。",
    "album_many": "好大一叠！我用了前三张：人物、上装、下装。",
    "album_late": "相册里有一张到得晚了，我没有用。需要的话，请再发一次。",
    "options_changed": "这种画质没有你刚才选的全部选项，请看卡片上现在的选项。",
    "model_changed": "刚才的画质现在用不了，请再看一眼卡片。",
    "price_changed": "卡片有变化，请看一下价格，再点一次“开始”。",
    "flaw.dark": "⚠️ 这张照片有点暗。可以继续；想换一张，请先点“返回”。",
    "flaw.blurred": "⚠️ 这张照片有点模糊。可以继续；想换一张，请先点“返回”。",
    "flaw.small": "⚠️ 这张照片有点小。可以继续；想换一张，请先点“返回”。",
    "no_model": "现在暂时画不了图，请过几分钟再试。",
    "no_budget": "今天画的图太多，总额度用完了，{renews}后恢复。",
    # --- what cannot be used ---
    "refused.too_small": "这张照片太小，看不清。请发原图，每边最好不少于 400 像素。",
    "refused.too_large": "文件太大，我最多能收 20 MB。请当作普通照片发给我。",
    "refused.too_many_pixels": "这张图的像素太多，我处理不了。请当作普通照片发给我。",
    "refused.not_a_picture": "这不是我能读的图片。请发照片（JPEG、PNG、WEBP、HEIC 或 BMP）。",
    "refused.unreadable": "这张图打不开，可能损坏了。请再发一次。",
    "refused.extreme_ratio": "这张图太细长了。请裁剪一下，只留人物或衣服。",
    "refused.animation": "这张会动！🙂 请发一张静止的照片。",
    "refused.sticker": "贴纸真可爱！不过我需要的是照片。",
    "refused.video": "视频我用不了，发一张截图就行。",
    "refused.voice": "抱歉，我听不了语音。请发照片给我。",
    "refused.other": "抱歉，这个我用不上。请发照片给我。",
    # --- answers to presses: at most 200 characters, no markup ---
    "ordered": "这就去画！✨",
    "too_many_orders": "你有 {orders}还在进行，不能再多了。等其中一单完成，再点一次“开始”。",
    "going_on": "你正在选衣服呢。请接着最新的那条消息继续，或者发 /cancel。",
    "bad_button": "这个按钮对你不起作用。想重新开始，请发 /tryon。",
    "cancel_done": "已取消，积分会退还给你。",
    "cancel_asked": "我去请图像服务停下。要是已经在画了，图还是会发给你。",
    "cancel_too_late": "来不及取消了，这一单已经在画，或者已经画完了。",
    "original_comes": "无压缩原图马上就来。",
    "original_gone": "无压缩原图只保留 24 小时，已经没有了。聊天里的那张一直是你的。",
    "before_after_comes": "前后对比马上就来。",
    "not_ready": "图还没画好，画好了马上发给你。",
    "no_new_face": "现在暂时画不了新的脸，请晚点再试。",
    "stale.Idle": "那一步已经过去了。发张照片，或者发 /tryon 重新开始。",
    "stale.AwaitConsent": "那一步已经过去了。现在想请你决定，照片可不可以用。",
    "stale.AwaitPerson": "那一步已经过去了。现在请发人物的照片。",
    "stale.AwaitWear": "那一步已经过去了。现在请在最新的那条消息里选要试穿什么。",
    "stale.AwaitGarment": "那一步已经过去了。现在请发衣服的照片。",
    "stale.AwaitRole": "那一步已经过去了。现在请告诉我，新照片里是谁，或者是什么。",
    "stale.Confirm": "那一步已经过去了。你的卡片是最新的那条消息。",
    # --- progress and results ---
    "progress.next": "⏳ <b>下一个就是你。</b>\n{wait}后出图。",
    "progress.queued": "⏳ <b>排在第 {position} 位。</b>\n{wait}后出图。",
    "progress.drawing": "🎨 <b>正在画。</b>\n{wait}后出图。",
    "progress.drawing_long": "🎨 <b>正在画。</b>\n比平时慢一点，请稍等。",
    "progress.held": "⏸ <b>图像服务暂时休息。</b>\n你的单会一直留着，恢复后自动继续。",
    "progress.cancelling": "🛑 <b>已请图像服务停下。</b>\n要是已经在画了，图还是会发给你。",
    "progress.done": "✅ <b>画好了。</b>图在下面。",
    "progress.cancelled": "✕ <b>已取消。</b>退还 {credits}。",
    "job.cancel": "✕ 取消这一单",
    "job.cancel_queued": "✕ {wear} · 第 {position} 位",
    "job.cancel_drawing": "✕ {wear} · 正在画",
    "job.again": "↻ 再来一张",
    "job.new_face": "🎭 换张新脸",
    "job.other_garment": "👕 换件衣服",
    "job.other_person": "👤 换个人",
    "job.original": "🖼 无压缩原图",
    "job.before_after": "◧ 前后对比",
    "result": "✨ <b>画好啦！</b>\n{wear} · {model} · {time}",
    "result.new_face": "✨ <b>画好啦！</b>\n{wear}，新的脸 · {model} · {time}",
    "result.original": "这是无压缩的原图。",
    "result.before_after": "试穿前和试穿后。",
    "fail": "😕 <b>这次没成功。</b>",
    "fail.not_charged": "没有扣积分：已退还 {credits}。",
    "fail.person_unclear": "照片里没能找到一个完整的人。请发一张单人照，从头到脚，正面。",
    "fail.photo_unfit": "有一张照片图像服务用不了。请发更大或更清晰的。",
    "fail.content_refused": "图像服务的内容审核没有通过这些照片。请换别的照片试试。",
    "fail.photo_unreachable": (
        "照片没能送到图像服务。这是我们的问题，管理员已经知道了。请过几分钟再试。"
    ),
    "fail.photo_gone": "有一张照片在 Telegram 里找不到了。请再发一次。",
    "fail.request_refused": (
        "图像服务没有接受这一单。这是我们的问题，管理员已经知道了。请晚点再试，或者换一种画质。"
    ),
    "fail.throttled": "图像服务现在很忙。请过几分钟再试。",
    "fail.arrears": "图像服务暂时用不了。管理员已经知道了，请晚点再试。",
    "fail.key_refused": "图像服务暂时连不上。管理员已经知道了，请晚点再试。",
    "fail.not_allowed": "这种画质我们用不了。请换一种画质再下单。",
    "fail.model_gone": "这种画质已经没有了。请换一种画质再下单。",
    "fail.service_failed": "图像服务接连出错。请过几分钟再试，或者换一种画质。",
    "fail.task_lost": "图像服务把这一单弄丢了。管理员已经知道了，请再下一单。",
    "fail.submit_unclear": (
        "下单时网络断了，查不到这一单有没有送到。管理员已经知道了，请再下一单。"
    ),
    "fail.result_unusable": "图像服务送回来的图用不了。管理员已经知道了，请再试一次。",
    "fail.too_late": "等得太久，我没有再等下去。请晚点再试。",
    "fail.internal": "这边出了点问题。是我们的错，管理员已经知道了。请再试一次。",
    # --- credits ---
    "credits.one": "{n} 积分",
    "credits.other": "{n} 积分",
    "orders.one": "{n} 单",
    "orders.other": "{n} 单",
    "model.aitryon-plus": "精细",
    "model.aitryon": "标准",
    "model.wan2.7-image-pro": "精细（万相 Pro）",
    "model.wan2.7-image": "标准（万相）",
    "model.qwen-image-3.0": "标准（千问 3）",
    "model.qwen-image-2.0": "标准（千问 2）",
    "model.fashn": "精细（FASHN）",
    # --- times ---
    "time.about": "约 {time}",
    "time.s": "{s} 秒",
    "time.min": "{m} 分钟",
    "time.h": "{h} 小时",
    "time.h_min": "{h} 小时 {m} 分钟",
    # --- the bot's profile ---
    "command.tryon": "试穿衣服",
    "command.quota": "积分和价格",
    "command.cancel": "停下正在做的事",
    "command.language": "切换语言",
    "command.help": "使用说明，怎样的照片好",
    "profile.description": (
        "买之前，先看看穿上身的样子。\n\n"
        "发一张你的照片，再发一张上装、裤子或裙子的照片，就能得到你穿上它的图。每天都有免费次数。"
    ),
    "profile.short": "试穿衣服：你的照片 + 衣服的照片 = 你穿上的样子。",
    # --- for the operator ---
    "alert.times": "距上次通知已发生 {times} 次。",
    "alert.detail": "<code>{detail}</code>",
    "alert.key_refused": "图像服务不接受密钥",
    "alert.key_refused.do": "订单会保留等待。请检查密钥和地域，重新设置后重启。",
    "alert.arrears": "图像服务账户欠费或额度用完",
    "alert.arrears.do": "订单会保留等待。充值后会自动继续。",
    "alert.not_allowed": "账户没有使用某个模型的权限",
    "alert.not_allowed.do": "该模型已停用。请到服务商处开通，或从 TRYON_MODELS 中去掉。",
    "alert.model_gone": "某个模型已经下线",
    "alert.model_gone.do": "该模型已停用。请从 TRYON_MODELS 中去掉，或换成别的模型。",
    "alert.photo_unreachable": "图像服务取不到我们的照片",
    "alert.photo_unreachable.do": "相关订单已退还积分。请检查照片托管和服务状态。",
    "alert.request_refused": "图像服务拒绝我们的请求",
    "alert.request_refused.do": "已退还积分。多半是程序的问题，请看日志。",
    "alert.task_lost": "图像服务弄丢了任务",
    "alert.task_lost.do": "已退还积分。如果反复发生，请联系服务商。",
    "alert.submit_unclear": "无法确认订单是否送到图像服务",
    "alert.submit_unclear.do": "已退还积分，没有重复提交。请与服务商的任务列表核对。",
    "alert.result_unusable": "图像服务返回的结果不是可用的图片",
    "alert.result_unusable.do": "已退还积分。返回内容请看日志。",
    "alert.internal": "程序出错",
    "alert.internal.do": "相关内容已退还积分或暂存。请看日志。",
    "alert.set_aside": "有一条更新处理不了，已暂存",
    "alert.set_aside.do": "没有丢失：它和原因都留在收件表里。请看日志。",
    "alert.unsent": "有一条消息发不出去",
    "alert.unsent.do": "它和原因都留在发件表里。请看日志。",
    "alert.budget": "今天的费用上限已到",
    "alert.budget.do": "午夜前不再接要花钱的单。/budget N 可以提高上限。",
    "alert.job_stuck": "有一单进行得太久",
    "alert.job_stuck.do": "/job 单号 查看进行到哪一步，/canceljob 单号 放弃它。",
    "alert.other": "有事情需要处理：{cause}",
    "alert.other.do": "请看日志。",
}
