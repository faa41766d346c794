"""The domain's closed word lists (design.md section 8). Lists that a district may change are in its policy, not here."""

from collections.abc import Mapping
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
    OUTSIDE = "outside"  # 已转系统外有权机关

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self not in (Status.DECLINED, Status.CONCLUDED, Status.WITHDRAWN, Status.OUTSIDE)

    @property
    def zh(self) -> str:
        """As people read it."""
        return _STATUS_ZH[self]


_STATUS_ZH: Mapping[Status, str] = {
    Status.REGISTERED: "已登记",
    Status.ACCEPTED: "已受理",
    Status.DECLINED: "不予受理",
    Status.SETTLED: "当场解决,待确认",
    Status.OPINION: "已出处理意见,未送达",
    Status.CONCLUDED: "已办结",
    Status.WITHDRAWN: "已撤回",
    Status.OUTSIDE: "已转系统外有权机关",
}


class Channel(StrEnum):
    """How the report came in (渠道)."""

    WEB = "web"  # 网络举报平台
    MAILBOX = "leader_mailbox"  # 领导电子信箱
    LETTER = "letter"  # 书信
    FAX = "fax"  # 传真
    BOX = "box"  # 举报信箱
    PHONE = "phone"  # 专线电话
    VISIT = "visit"  # 来访
    HALL = "hall"  # 信访大厅坐班接访
    CARD = "contact_card"  # 民情联系卡
    WALK = "walk"  # 走访
    GO_DOWN = "go_down"  # 下访
    SWEEP = "sweep"  # 排查发现
    RECEPTION = "named_reception"  # 点名接访
    HANDED_DOWN = "handed_down"  # 上级转交
    PLATFORM = "platform"  # 12345 等平台转办
    HOTLINE = "hotline_12388"  # 12388
    INSPECTION = "inspection"  # 巡察移交


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


class DecidedBy(StrEnum):
    """Who decided a dispute on competence (XF22 art. 24)."""

    SUPERIOR = "superior"  # 共同的上级机关
    JOINT_CONFERENCE = "joint_conference"  # 联席会议


class Verdict(StrEnum):
    """The verdict of an opinion (XF22 art. 32)."""

    SUPPORT = "support"  # 支持
    EXPLAIN = "explain"  # 合理但无依据,解释说明
    REJECT = "reject"  # 不支持


class Finding(StrEnum):
    """What a discipline report turned out to be; the verdict of its conclusion (JK arts 27, 39–41, 50)."""

    PROVED = "proved"  # 属实
    PARTLY = "partly_proved"  # 部分属实
    UNTRUE = "untrue"  # 不属实
    UNCLEAR = "unclear"  # 无法查实


class Disposal(StrEnum):
    """How a discipline report is disposed of (处置方式, JK art. 17; petition supervision: S80)."""

    TALK_INQUIRY = "talk_inquiry"  # 谈话函询
    PRELIMINARY = "preliminary"  # 初步核实
    PENDING = "pending"  # 暂存待查
    DISMISS = "dismiss"  # 予以了结
    RETURN = "return"  # 按程序退回
    PETITION_SUPERVISION = "petition_supervision"  # 信访监督
    INVESTIGATION = "investigation"  # 移送审查调查


class ClearingWay(StrEnum):
    """How the name of somebody wrongly reported is cleared (澄清, JK art. 51)."""

    LETTER = "letter"  # 书面澄清
    FACE_TO_FACE = "face_to_face"  # 当面澄清
    UNIT_NOTICE = "unit_notice"  # 向所在单位通报
    RANGE_NOTICE = "range_notice"  # 在一定范围内通报


class Correction(StrEnum):
    """What of a case can be corrected; the old stays beside it."""

    CATEGORY = "category"  # 分类
    PLACE = "place"  # 问题属地
    NATURE = "nature"  # 信访目的
    NAME = "name"  # 信访人姓名
    ACCUSED = "accused"  # 被反映人


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


class Performance(StrEnum):
    """What became of what an opinion or a settlement promised. Resolved (化解) is more than concluded (办结)."""

    NONE = ""
    PROMISED = "promised"  # 待履行
    PERFORMED = "performed"  # 已履行,待确认
    RESOLVED = "resolved"  # 化解
    DISPUTED = "disputed"  # 反映未落实


class Proof(StrEnum):
    """How it is known that a case is resolved (domain section 7)."""

    RECEIPT = "receipt"  # 信访人凭查询码确认
    CALL_BACK = "call_back"  # 另一机关回访
    NINETY_DAYS = "ninety_days"  # 90天内没有重复反映


class Ground(StrEnum):
    """Why an office or a person is recused (回避): domain 3.2 a–d for offices, 监察法 art. 67 for persons."""

    WORKS_THERE = "works_there"  # 被反映人在该机关工作
    LEADS_IT = "leads_it"  # 被反映人领导该机关或者其上级
    WORKED_THERE = "worked_there"  # 被反映人近年曾在该机关工作
    RELATED = "related"  # 与被反映人或者信访人有近亲属等关系
    ACCUSED = "accused"  # 本人被反映
    WITNESS = "witness"  # 曾担任证人
    INTEREST = "interest"  # 与事项有利害关系
    OTHER = "other"  # 其他可能影响公正的情形


class SaidWhat(StrEnum):
    """What a reporter says of a case by receipt, besides supplements, ratings and requests for review."""

    WITHDRAW = "withdraw"  # 申请撤回
    PERFORMED = "performed"  # 确认已落实
    NOT_PERFORMED = "not_performed"  # 反映未落实
    RETALIATION = "retaliation"  # 反映打击报复
    OBJECTION = "objection"  # 申请某人回避
