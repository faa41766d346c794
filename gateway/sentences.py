"""The sentences of schemas and of the policy's checks in Chinese. What a schema says itself is English."""

import re

CHINESE = {
    "Missing data for required field.": "请填写此项",
    "Field may not be null.": "请填写此项",
    "Unknown field.": "没有这一项",
    "Invalid input type.": "应为一组有名称的内容",
    "Invalid type.": "应为一组有名称的内容",
    "Invalid value.": "内容不对",
    "Not a valid string.": "应为文字",
    "Not a valid utf-8 string.": "含有无法保存的字符",
    "Not a valid integer.": "应为整数",
    "Number too large.": "数字太大",
    "Not a valid boolean.": "应为是或者否",
    "Not a valid list.": "应为列表",
    "Not a valid mapping type.": "应为一组有名称的内容",
    "Not a valid date.": "应为日期，如 2026-03-02",
    "Not a valid datetime.": "应为带时区的时间，如 2026-03-02T09:00:00+08:00",
    "Not a valid aware datetime.": "应为带时区的时间，如 2026-03-02T09:00:00+08:00",
    "String does not match expected pattern.": "格式不对",
    "A word is needed here.": "请填写内容",
    "Cannot be stored: a control character or half a character.": "含有无法保存的字符",
    "Nested too deeply.": "嵌套太深",
    "Name or telephone is needed; leave the whole part out to stay anonymous.": "姓名和电话至少填写一项；匿名请整项不填",
    "Choose a place or write one.": "请选择镇街、村社区，或者写出地点",
    "Choose yes or no.": "请选“是”或“否”：这决定谁能看到您写的内容",
    "Not a valid e-mail address.": "应为电子邮箱",
    "No such office.": "没有这个单位",
    "No such category.": "没有这个类别",
    "Not a draft of this portal, or too old.": "表单已过期，请重新打开页面",
    "numbers that grow, one at least": "应为由小到大的数，至少一个",
    "the first step, and only it, is a reminder before the due moment": "第一级，也只有第一级，是到期前的提醒",
    "extends and times go together": "extends 和 times 须同时填写",
    "an extension has a term and lengthens another clock": "延长须有期限，并且延长的是另一个时限",
    "none is confidential: discipline reports need one that is": "没有保密的类别，检举控告须有一个",
    "then names a kind of demand and goes together with then_months": "then 应为一种督办要求，并与 then_months 同时填写",
}
# What has figures or keys in it: they stand in the Chinese sentence as they are.
PATTERNS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"^Longer than maximum length (\d+)\.$", "最多 {} 个字"),
        (r"^Shorter than minimum length (\d+)\.$", "至少 {} 个字"),
        (r"^Length must be between (\d+) and (\d+)\.$", "应为 {} 到 {} 个字"),
        (r"^Length must be (\d+)\.$", "应为 {} 位"),
        (r"^Must be greater than or equal to (-?[\d.]+) and less than or equal to (-?[\d.]+)\.$", "应在 {} 到 {} 之间"),
        (r"^Must be greater than or equal to (-?[\d.]+)\.$", "不能小于 {}"),
        (r"^Must be less than or equal to (-?[\d.]+)\.$", "不能大于 {}"),
        (r"^missing: none; unknown: (.+)$", "多余：{}"),
        (r"^missing: (.+); unknown: none$", "缺少：{}"),
        (r"^missing: (.+); unknown: (.+)$", "缺少：{}；多余：{}"),
        (r"^the two ladders never cross: (.+) is no rung of this one$", "两条阶梯互不交叉：{} 不是这一条的"),
        (r"^(?:step|town|code) (.+) stands twice$", "{} 重复"),
        (r"^offsets must rise from step to step: (.+)$", "各级的日数须逐级增大：{}"),
        (r"^clock (.+) has no term: nobody would set one$", "时限 {} 没有期限，也没有人来定"),
    )
)
REFUSED_IN_ENGLISH = {
    "receipt_length": "A receipt has 22 letters and digits, in groups of four",
    "receipt_character": "There is a character in it that receipts do not have",
    "receipt_check": "There is a mistake in the receipt; please compare it character by character",
}
