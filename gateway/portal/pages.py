"""The portal's pages, in Chinese and English, without scripts: report, receipt, status, offices."""

import secrets
from collections.abc import Mapping

import segno
from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from contracts.accused import RANKS
from contracts.errors import Refused
from contracts.words import SaidWhat
from gateway.language import language, spoken
from gateway.portal import directory, hearings, leaders
from gateway.portal.answers import filed_answer, matters_answer, outside_answer
from gateway.portal.context import portal
from gateway.portal.filing import elsewhere, file_report
from gateway.portal.forms import ACCUSED_ON_FORM, card_of, draft_of, read_report
from gateway.portal.layout import page
from gateway.portal.matters import look_up
from gateway.portal.sayings import say
from gateway.portal.schemas import AskReview, GiveRating, Say, Supplement
from gateway.portal.wording import field_name
from gateway.portal.words import FORM_WORDS, RANK_WORDS, RATING_WORDS, SAID_WORDS, THANKS
from gateway.problems import Problem, fields_of, from_refusal
from gateway.reports import Report, check_known

blueprint = Blueprint("pages", __name__, template_folder="templates")

_SAYINGS = {"supplement": Supplement, "rating": GiveRating, "review": AskReview}
_SAYINGS |= {word.value: Say for word in SaidWhat}


@blueprint.get("/")
def report_form() -> ResponseReturnValue:
    """The empty form; with ``?card=`` or ``?place=``, as the codes on contact cards and posters have it, that filled in."""
    given = {"card": card_of(request.args.get("card", "")), "place": request.args.get("place", "")}
    return _form({name: value for name, value in given.items() if value}, {})


@blueprint.post("/")
def send_report() -> ResponseReturnValue:
    """A filled form: the receipt, or where else to turn, or the form again with what is wrong."""
    here = portal()
    try:
        report = read_report(request.form)
        check_known(report, here.office.tree, here.office.policy())
    except ValidationError as error:
        return _form(request.form, fields_of(error.messages_dict), 422)
    body = elsewhere(here.office, report)
    if body is not None:
        return page("outside.html", **outside_answer(report, body, here.office.tree, str(here.today)))
    return _filed(report)


def _filed(report: Report) -> ResponseReturnValue:
    here = portal()
    try:
        filed = file_report(here.office, report, _receipt())
    except Problem as problem:
        return _form({**request.form, "draft": ""}, {"body": [problem.detail]}, problem.status)
    link = url_for("pages.status", receipt=filed.receipt, _external=True)
    code = segno.make(link, error="m").svg_inline(scale=4, border=2, omitsize=True)
    return page("receipt.html", 202, **filed_answer(filed, link), desk=filed.desk, code=code)


def _receipt() -> str:
    """The receipt of the form's draft; a form that lay about too long gets a new one."""
    try:
        return portal().drafts.receipt(draft_of(request.form))
    except ValidationError:
        return portal().drafts.receipt(None)


@blueprint.get("/status")
def status() -> ResponseReturnValue:
    """The field for a receipt; with ``?receipt=``, as the QR code has it, the status at once."""
    return _status(request.args.get("receipt", ""))


@blueprint.post("/status")
def status_or_say() -> ResponseReturnValue:
    """The status, or what a reporter adds under it."""
    kind, receipt = request.form.get("do", ""), request.form.get("receipt", "")
    if not receipt.strip():
        return _status("", {"receipt": [spoken("请填写查询码", "Please give the receipt.")]}, code=422)
    if kind not in _SAYINGS:
        return _status(receipt)
    given = {key: value for key, value in request.form.items() if key not in ("do", "receipt", "key")}
    try:
        words = _SAYINGS[kind]().load({**given, "what": kind} if kind in set(SaidWhat) else given)
        say(portal().office, receipt, kind, words, request.form.get("key") or None)  # type: ignore[arg-type]
    except ValidationError as error:
        return _status(receipt, fields_of(error.messages_dict), said={**given, "do": kind}, code=422)
    except Problem as problem:
        errors = problem.errors or {"body": [problem.detail]}
        return _status(receipt, errors, said={**given, "do": kind}, code=problem.status)
    return _status(receipt, thanks=spoken(*THANKS[kind]))  # type: ignore[index]


def _status(
    receipt: str,
    errors: Mapping[str, list[str]] | None = None,
    *,
    said: Mapping[str, str] | None = None,
    thanks: str = "",
    code: int = 200,
) -> ResponseReturnValue:
    here, found = portal(), None
    errors = dict(errors or {})
    if receipt.strip():
        try:
            found = matters_answer(look_up(here.office, receipt, english=language() == "en"), here.office.tree)
        except Refused as refused:
            problem = from_refusal(400, refused)
            errors, code = {"receipt": [problem.detail]}, 400
    given = {"receipt": receipt, "found": found, "errors": errors, "thanks": thanks, "key": secrets.token_hex(16)}
    shown = {"said": said or {}, "ratings": RATING_WORDS, "sayings": SAID_WORDS, "field_name": _field_of_status}
    return page("status.html", code, **given, **shown)


def _field_of_status(path: str) -> str:
    """A field of a form on the status page by its label; what "text" means there depends on the form."""
    if path != "text":
        return field_name(path)
    said = SAID_WORDS.get(request.form.get("do", ""))
    return spoken(*(said[1] if said else ("要补充的内容", "What you want to add")))


@blueprint.get("/offices")
def offices() -> ResponseReturnValue:
    """Where else to turn: every office with telephone, hours and place, and the channels that it tells of."""
    return page("offices.html", **directory.listed(portal()))


@blueprint.get("/offices/<office>/poster")
def poster(office: str) -> ResponseReturnValue:
    """A sheet to print and put up (S18): telephone, hours, channels of an office, and a code that leads to its report form."""
    here = portal()
    found = directory.one(here, office)
    if found is None:
        raise Problem(404, "not_found", spoken("没有这个单位", "No such office."))
    link = url_for("pages.report_form", place=office, _external=True)
    code = segno.make(link, error="m").svg_inline(scale=6, border=2, omitsize=True)
    return page("poster.html", office=found, address=link, code=code, printed=str(here.today))


@blueprint.get("/leaders")
def leaders_page() -> ResponseReturnValue:
    """Whom one may ask to see by name."""
    here = portal()
    with here.office.reading() as session:
        found = leaders.directory(session, here.office.tree, here.today)
    return page("leaders.html", **found)


@blueprint.get("/hearings")
def hearings_page() -> ResponseReturnValue:
    """Public hearings to come, and terminating opinions that were published."""
    here = portal()
    with here.office.reading() as session:
        found = hearings.listed(session, here.office.tree, here.office.now())
    return page("hearings.html", forms=FORM_WORDS, **found)


def problem_page(problem: Problem) -> Response:
    """An error that has no form to stand beside."""
    return page("problem.html", problem.status, problem=problem.document())


def _form(given: Mapping[str, str], errors: Mapping[str, list[str]], code: int = 200) -> Response:
    here = portal()
    tree = here.office.tree
    places = {
        "towns": tuple(directory.towns(tree, here.today)),
        "departments": directory.departments(tree, here.today),
        "elsewhere": directory.outside_offices(tree, here.today),
    }
    return page(
        "report.html",
        code,
        given=given,
        errors=errors,
        places=places,
        categories=here.office.policy().categories.values(),
        ranks=[(rank, RANK_WORDS[rank]) for rank in RANKS],
        accused_on_form=ACCUSED_ON_FORM,
        draft=given.get("draft") or here.drafts.new(),
        card_from=tree.offices.get(given.get("card", "").rpartition("-")[0]),
    )
