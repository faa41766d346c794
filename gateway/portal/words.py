"""The portal's fixed words, each in Chinese and English."""

from collections.abc import Mapping

from contracts.accused import Rank

Words = tuple[str, str]

FORM_WORDS: Mapping[str, tuple[str, str]] = {
    "on_site": ("实地听证", "On site"),
    "face_to_face": ("当面听证", "Face to face"),
    "public": ("公开听证", "Public"),
}
RANK_WORDS: Mapping[Rank, Words] = {
    "villager": ("村民、普通党员", "Villager, ordinary party member"),
    "village_cadre": ("村（社区）干部", "Village or community cadre"),
    "town_staff": ("镇街一般工作人员", "Staff of a town or street"),
    "town_leader": ("镇街领导", "Leader of a town or street"),
    "town_discipline": ("镇街纪检干部", "Discipline officer of a town or street"),
    "department_head": ("区级部门负责人", "Head of a district department"),
    "department_staff": ("区级部门工作人员", "Staff of a district department"),
    "district_leader": ("区级领导", "Leader of the district"),
    "district_discipline": ("区纪委监委人员", "District discipline commission"),
    "covering_leader": ("包抓领导", "Leader who covers a town"),
    "unknown": ("不清楚", "Not sure"),
}

RATING_WORDS: Mapping[str, Words] = {
    "satisfied": ("满意", "Satisfied"),
    "fair": ("基本满意", "Fairly satisfied"),
    "dissatisfied": ("不满意", "Dissatisfied"),
}

# What a reporter may say of a case, and what the words are that go with it.
SAID_WORDS: Mapping[str, tuple[Words, Words]] = {
    "performed": (("承诺的已经落实", "What was promised was done"), ("说明", "Comment")),
    "not_performed": (("承诺的没有落实", "What was promised was not done"), ("没有落实什么", "What was not done")),
    "withdraw": (("我要撤回", "I want to withdraw"), ("原因", "Why")),
    "objection": (("请某人回避", "Somebody should not deal with it"), ("理由", "Why")),
    "retaliation": (("有人为此报复我", "Somebody is taking revenge for it"), ("发生了什么", "What happened")),
}

THANKS: Mapping[str, Words] = {
    "supplement": ("已收到您的补充材料", "Your supplement has been received"),
    "rating": ("已收到您的评价", "Your rating has been received"),
    "review": ("已收到您的复查申请", "Your request for review has been received"),
    "withdraw": ("已收到您的撤回申请", "Your wish to withdraw has been received"),
    "performed": ("已收到您的确认", "Your confirmation has been received"),
    "not_performed": ("已收到您反映的未落实情况", "What you say was not done has been received"),
    "objection": ("已收到您的回避申请", "Your objection has been received"),
    "retaliation": (
        "已收到并密封，只有区纪检监察机关能打开。您和近亲属可以请求保护；情况危急请立即拨打 110",
        "Received and sealed for the district's discipline desk alone. You may ask for protection; in danger call 110",
    ),
}

FIELD_WORDS: Mapping[str, Words] = {
    "text": ("怎么回事", "What happened"),
    "place": ("发生在哪里", "Where"),
    "category": ("问题类别", "Kind of problem"),
    "about_cadre": ("是否反映干部违纪违法", "Does it accuse an official"),
    "name": ("姓名", "Name"),
    "phone": ("电话", "Telephone"),
    "address": ("住址", "Address"),
    "post": ("职务", "Post"),
    "rank": ("身份", "Position"),
    "office": ("单位", "Office"),
    "receipt": ("查询码", "Receipt"),
    "rating": ("评价", "Rating"),
    "comment": ("说明", "Comment"),
    "points": ("不服的理由", "What you disagree with"),
    "person": ("请谁回避", "Who should not deal with it"),
    "contact": ("安全的联系方式", "A safe way to reach you"),
    "matter": ("哪一件", "Which matter"),
    "emergency": ("有人身危险", "Somebody is in danger"),
}

# What comes after each step, as a rule.
NEXT_WORDS: Mapping[str, Words] = {
    "not_arrived_yet": (
        "传送到区级平台后，这里会显示进度",
        "Once it has arrived at the district, its progress shows here",
    ),
    "received": ("区级登记，并确定由谁办理", "The district registers it and decides who handles it"),
    "registered": (
        "确定承办单位，告知您是否受理",
        "The organ in charge is decided and you are told whether it is accepted",
    ),
    "offered": ("承办单位签收", "The organ in charge signs for it"),
    "signed": ("承办单位告知您是否受理", "The organ in charge tells you whether it is accepted"),
    "returned": ("重新确定承办单位", "The organ in charge is decided anew"),
    "accepted": ("调查核实，给您书面答复", "The facts are looked into and you get a written answer"),
    "extended": ("调查核实，给您书面答复", "The facts are looked into and you get a written answer"),
    "reopened": ("重新调查核实，给您书面答复", "The facts are looked into again and you get a written answer"),
    "settlement_refused": ("继续办理，给您书面答复", "It is dealt with further and you get a written answer"),
    "settled": ("请您确认是否已经解决", "Please confirm that it is settled"),
    "opinion": ("处理意见送达给您", "The written opinion is served on you"),
    "served": ("您可以评价；不服的，可以申请复查", "You may rate it; if you disagree, you may ask for review"),
    "concluded": ("您可以评价", "You may rate it"),
    "review_requested": ("复查机关作出书面复查意见", "The reviewing organ gives a written opinion"),
    "review_decided": ("不服的，可以申请复核", "If you disagree, you may ask for final review"),
    "final_review_requested": ("复核机关作出书面复核意见", "The organ of final review gives a written opinion"),
    "declined": ("按告知书所列途径反映", "Turn to the ways that the notice names"),
}

# Of a discipline report nothing is written to the reporter but what the rules on reports say (JK art. 26, 27).
NEXT_WORDS_SEALED: Mapping[str, Words] = {
    "received": (
        "区纪检监察机关登记，并确定由谁办理",
        "The district's discipline organ registers it and decides who handles it",
    ),
    "registered": (
        "决定是否受理；实名举报的，告知您",
        "It is decided whether it is accepted; who reported by real name is told",
    ),
    "offered": ("承办机关签收", "The organ in charge signs for it"),
    "signed": (
        "决定是否受理；实名举报的，告知您",
        "It is decided whether it is accepted; who reported by real name is told",
    ),
    "accepted": (
        "核实处理；实名举报的，办结后向您反馈结果",
        "The facts are looked into; who reported by real name is told the result",
    ),
    "extended": (
        "核实处理；实名举报的，办结后向您反馈结果",
        "The facts are looked into; who reported by real name is told the result",
    ),
    "reopened": (
        "重新核实处理；实名举报的，办结后向您反馈结果",
        "The facts are looked into again; who reported by real name is told the result",
    ),
    "concluded": ("实名举报的，向您反馈结果", "Who reported by real name is told the result"),
}

TIER_WORDS: Mapping[str, Words] = {
    "district": ("区级", "District"),
    "town": ("镇（街道）", "Town or street"),
    "village": ("村（社区）", "Village or community"),
    "department": ("区级部门", "District department"),
    "outside": ("系统外机关", "Organ outside this system"),
}

CHANNEL_WORDS: Mapping[str, Words] = {
    "web": ("网上举报", "Online"),
    "leader_mailbox": ("领导电子信箱", "Leader's e-mailbox"),
    "letter": ("来信地址", "Letters"),
    "fax": ("传真", "Fax"),
    "box": ("举报信箱", "Report box"),
    "phone": ("举报电话", "Hotline"),
    "visit": ("接待室", "Reception room"),
    "hall": ("信访大厅", "Petition hall"),
    "contact_card": ("民情联系卡", "Contact card"),
    "named_reception": ("点名接访", "Named reception"),
    "platform": ("便民平台", "Citizens' platform"),
    "hotline_12388": ("12388 举报电话", "12388 hotline"),
}
