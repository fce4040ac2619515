"""What the bot says of several outfits or pictures at once, in Simplified Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "model.damo": "影棚（达摩院）",
    "button.samples": "🖼 每套几张：{n}（最多 {most}）",
    "ask.wear_more": "<b>下一套穿什么？</b>\n选一个，或者直接发衣服的照片。",
    "ask.wear_more_unnamed": "<b>右边最后一件是什么？</b>\n告诉我，我就把它加成一套。",
    "button.another": "+ 再加一套",
    "button.one_less": "- 少一套",
    "card.outfits": "<b>可以开始了吗？</b>\n左边是人，右边是要试穿的全部衣服：\n{outfits}",
    "card.time_several": "共 {n} 张，画好一张来一张，最后一张<b>{wait}</b>后出图",
    "card.latest_only": "这种画质只画最后一套。其余几套都留在这里，换一种画质就能一起画。",
    "fewer_pictures": "你的积分（{balance}）不够。少选几张或几套吧；{renews}后会有新的积分。",
    "several.more": "🎨 <b>{of} 张图，已经来了 {here} 张。</b>其余的随后就到。",
    "several.over": "✅ <b>画完了。</b>{of} 张里画好了 {here} 张，都在下面。",
    "several.failed": "没画成的 {failed} 张，已退还积分。",
    "several.order": "{order}（{n} 张）",
    "several.outfit": "第 {n} 套（共 {of} 套）",
    "several.picture": "第 {n} 张（共 {of} 张）",
    "fail.not_drawn": (
        "图像服务没能画出这张图，也没有说明原因。换一张平铺、背景干净的衣服照片，往往就好了。"
    ),
    "fail.fewer_drawn": "图像服务画的张数比下单的少。需要的话，这一张请再下一单。",
    "alert.fewer_drawn": "有图像服务画的图比下单的少",
    "alert.fewer_drawn.do": "缺的几张已退还积分。请核对服务商的计费。",
}
