"""The domain's closed word lists (design.md section 8). Lists that a district may change are in its policy, not here."""

from enum import StrEnum


class Desk(StrEnum):
    """The two desks of an office; they share no figures, lists or keys."""

    PETITION = "petition"
    DISCIPLINE = "discipline"


class Status(StrEnum):
    """Where a case stands (办理状态). assignment at the holder is its sole writer."""

    REGISTERED = "registered"  # 已登记
    ACCEPTED = "accepted"  # 已受理
    DECLINED = "declined"  # 不予受理
    SETTLED = "settled"  # 当场解决,待确认
    OPINION = "opinion"  # 已出处理意见,未送达
    CONCLUDED = "concluded"  # 办结
    WITHDRAWN = "withdrawn"  # 撤回

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self not in (Status.DECLINED, Status.CONCLUDED, Status.WITHDRAWN)


class Channel(StrEnum):
    """How the report came in (渠道)."""

    WEB = "web"  # 网络举报平台
    MAILBOX = "leader_mailbox"  # 领导电子信箱
    LETTER = "letter"  # 书信
    PHONE = "phone"  # 专线电话
    VISIT = "visit"  # 来访
    CARD = "contact_card"  # 民情联系卡
    GO_DOWN = "go_down"  # 下访
    RECEPTION = "named_reception"  # 点名接访
    HANDED_DOWN = "handed_down"  # 上级转交
    PLATFORM = "platform"  # 12345 等平台转办


class Nature(StrEnum):
    """What the person wants (信访目的)."""

    SEEK = "seek"  # 求决
    APPEAL = "appeal"  # 申诉
    SUGGEST = "suggest"  # 意见建议
    ACCUSE = "accuse"  # 检举控告
    ASK = "ask"  # 咨询


class OfferKind(StrEnum):
    """转送 (transfer) or 交办 (hand over, with report-back)."""

    TRANSFER = "transfer"
    HAND_OVER = "hand_over"


class Verdict(StrEnum):
    """The verdict of an opinion (XF22 art. 32)."""

    SUPPORT = "support"  # 支持
    EXPLAIN = "explain"  # 合理但无依据,解释说明
    REJECT = "reject"  # 不支持


class Rating(StrEnum):
    """What the reporter says of the outcome."""

    SATISFIED = "satisfied"  # 满意
    FAIR = "fair"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意


class Form(StrEnum):
    """Three forms of hearing (S101)."""

    ON_SITE = "on_site"  # 实地听证
    FACE_TO_FACE = "face_to_face"  # 当面听证
    PUBLIC = "public"  # 公开听证


class Gate(StrEnum):
    """The four on-the-spots (S102, 四个当场)."""

    FINDINGS = "findings"  # 当场公布调查结果
    OPINION = "opinion"  # 当场公布处理意见
    QUESTIONS = "questions"  # 当场质询和答复
    AGREEMENT = "agreement"  # 当场形成听证协议


class ReviewOutcome(StrEnum):
    """What a review (复查) or final review (复核) says of the opinion before it."""

    UPHOLD = "uphold"  # 维持
    REVOKE = "revoke"  # 撤销
    CHANGE = "change"  # 变更
    REDO = "redo"  # 责令重办


class ClockAct(StrEnum):
    """What another service may do to a clock of supervision."""

    START = "start"
    STOP = "stop"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
