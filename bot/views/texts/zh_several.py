"""What the bot says of several outfits or pictures at once, in Simplified Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "model.damo": "影棚（达摩院）",
    "several.more": "🎨 <b>{of} 张图，已经来了 {here} 张。</b>其余的随后就到。",
    "several.over": "✅ <b>画完了。</b>{of} 张里画好了 {here} 张，都在下面。",
    "several.failed": "没画成的 {failed} 张，已退还积分。",
    "several.outfit": "第 {n} 套（共 {of} 套）",
    "several.picture": "第 {n} 张（共 {of} 张）",
    "fail.not_drawn": (
        "图像服务没能画出这张图，也没有说明原因。换一张平铺、背景干净的衣服照片，往往就好了。"
    ),
    "fail.fewer_drawn": "图像服务画的张数比下单的少。需要的话，这一张请再下一单。",
    "alert.fewer_drawn": "有图像服务画的图比下单的少",
    "alert.fewer_drawn.do": "缺的几张已退还积分。请核对服务商的计费。",
}
