"""What is due and waiting at this desk, in one call: each service is asked for its lists, and none asks another."""

from collections.abc import Mapping
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from gateway.desk.acts import blueprint, without_ciphertext
from gateway.desk.asking import RETRY_SECONDS, query, session
from gateway.language import spoken
from gateway.problems import Problem

FAULT = 500  # from here on an answer says that the service failed or is not there, not that something is refused

# Service → what its lists are called where it does not answer.
SERVICES: Mapping[str, tuple[str, str]] = {
    "intake": (
        "登记服务没有回答：紧急情况、报送上级、承诺、下访、预约、信箱来信暂缺",
        "Intake did not answer: calls for help, papers to send up, promises, goings down, bookings, box letters",
    ),
    "assignment": (
        "办理服务没有回答：事项、待签收、协办、争议、回避申请暂缺",
        "Assignment did not answer: cases, offers to sign for, helping, disputes, objections",
    ),
    "supervision": (
        "督办服务没有回答：升级、督办、联合步骤、要求、报送、回访、预警、停职建议、群体性事件、催促、通报、数据异议暂缺",
        "Supervision did not answer: steps, orders, joint steps, demands, returns, call-backs, alerts, incidents, reports",
    ),
    "hearing": (
        "听证服务没有回答：复查、听证、待签笔录和协议事项暂缺",
        "Hearing did not answer: reviews, hearings, minutes, terms",
    ),
}


@blueprint.get("/todo")
@blueprint.response(200)
def todo() -> ResponseReturnValue:
    """Everything that is due or waiting at this desk, each list with the most pressing first.

    ``not_answering`` names each service that did not answer, ``{service, code, words}``; the lists of the others are
    there all the same. 503 when none answers.
    """
    found: dict[str, Any] = {}
    failed: dict[str, Problem] = {}
    for service in SERVICES:
        try:
            found |= query(service, "todo", {"desk": session().actor.desk})
        except Problem as problem:
            if problem.status < FAULT:
                raise
            failed[service] = problem
    if len(failed) == len(SERVICES):
        raise Problem(503, "unreachable", retry_after=RETRY_SECONDS)
    silent = [{"service": name, "code": each.code, "words": spoken(*SERVICES[name])} for name, each in failed.items()]
    return jsonify({**without_ciphertext(found), "not_answering": silent})
