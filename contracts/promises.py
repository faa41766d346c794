"""The words of the promise book."""

from enum import StrEnum


class PromiseSource(StrEnum):
    """Where something was promised."""

    RECEPTION = "reception"  # 接访
    VISIT = "visit"  # 走访、下访
    INSTRUCTION = "instruction"  # 批示


class PromiseState(StrEnum):
    """Kept is only what the person confirmed; what was done and not confirmed stands apart."""

    OPEN = "open"  # 待履行
    PERFORMED = "performed"  # 已履行,待本人确认
    KEPT = "kept"  # 已兑现
    BROKEN = "broken"  # 未兑现


class ToldHow(StrEnum):
    """How the person's word was heard."""

    RECEIPT = "receipt"  # 凭查询码
    IN_PERSON = "in_person"  # 当面
    PHONE = "phone"  # 电话回访
    LETTER = "letter"  # 来信
