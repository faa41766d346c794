"""The first tables."""

# ruff: noqa: PLR0915  a revision is one list

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_case",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("entry_office", sa.String(length=16), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("nature", sa.String(length=24), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("real_name", sa.Boolean(), nullable=False),
        sa.Column("contactable", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("reporter", sa.JSON(), nullable=True),
        sa.Column("sealed", sa.JSON(), nullable=True),
        sa.Column("policy_version", sa.String(length=40), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("repeat_of", sa.String(length=40), nullable=False),
        sa.Column("supplements", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("override", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("allotted", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("from_office", sa.String(length=16), nullable=False),
        sa.Column("report_back_due", sa.DateTime(), nullable=True),
        sa.Column("offered_to", sa.String(length=16), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=True),
        sa.Column("offered_kind", sa.String(length=24), nullable=False),
        sa.Column("asked_back", sa.Boolean(), nullable=False),
        sa.Column("passed_to", sa.String(length=16), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("bounces", sa.Integer(), nullable=False),
        sa.Column("clocks", sa.JSON(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.Text(), nullable=False),
        sa.Column("opinion_no", sa.String(length=80), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("todo", sa.String(length=80), nullable=False),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_assignment_case")),
    )
    with op.batch_alter_table("assignment_case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignment_case_list", ["desk", "recalled", "holder", "status", "entered_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_assignment_case_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_case_receipt_hash"), ["receipt_hash"], unique=False)

    op.create_table(
        "assignment_counter",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_assignment_counter")),
    )
    op.create_table(
        "assignment_note",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_note")),
    )
    with op.batch_alter_table("assignment_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_note_case"), ["case"], unique=False)

    op.create_table(
        "assignment_offer",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("override", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("file", sa.JSON(), nullable=False),
        sa.Column("carried", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("case", "override", "n", name=op.f("pk_assignment_offer")),
    )
    with op.batch_alter_table("assignment_offer", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_offer_tray", ["desk", "state", "arrived_at"], unique=False)

    op.create_table(
        "assignment_opinion",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.String(length=60), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("issued_by", sa.String(length=60), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("served_at", sa.DateTime(), nullable=True),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("case", "round", name=op.f("pk_assignment_opinion")),
    )
    op.create_table(
        "assignment_recused",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_assignment_recused")),
    )
    op.create_table(
        "hearing_case",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("entry_office", sa.String(length=16), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("override", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_hearing_case")),
    )
    with op.batch_alter_table("hearing_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_case_receipt_hash"), ["receipt_hash"], unique=False)

    op.create_table(
        "hearing_number",
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_hearing_number")),
    )
    op.create_table(
        "hearing_opinion",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("opinion_no", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("served_at", sa.DateTime(), nullable=False),
        sa.Column("review_until", sa.DateTime(), nullable=False),
        sa.Column("review_office", sa.String(length=40), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "opinion_no", name=op.f("pk_hearing_opinion")),
    )
    with op.batch_alter_table("hearing_opinion", schema=None) as batch_op:
        batch_op.create_index("ix_hearing_opinion_open", ["superseded", "served_at"], unique=False)

    op.create_table(
        "hearing_recalled",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("override", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_hearing_recalled")),
    )
    op.create_table(
        "hearing_request",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_request")),
    )
    with op.batch_alter_table("hearing_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_request_receipt_hash"), ["receipt_hash"], unique=False)

    op.create_table(
        "hearing_review",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("opinion_no", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("organ", sa.String(length=40), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("waiver", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("package_no", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("review_no", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("next_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "opinion_no", "level", name=op.f("pk_hearing_review")),
    )
    with op.batch_alter_table("hearing_review", schema=None) as batch_op:
        batch_op.create_index("ix_hearing_review_state", ["state", "due"], unique=False)

    op.create_table(
        "hearing_session",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("notice_no", sa.String(length=80), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("for_level", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("notice_at", sa.DateTime(), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("investigation_report", sa.String(length=200), nullable=False),
        sa.Column("public_notice", sa.String(length=200), nullable=False),
        sa.Column("panel", sa.JSON(), nullable=False),
        sa.Column("absences", sa.Text(), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_session")),
    )
    with op.batch_alter_table("hearing_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_session_case_id"), ["case_id"], unique=False)

    op.create_table(
        "hearing_termination",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("standard", sa.JSON(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_hearing_termination")),
    )
    with op.batch_alter_table("hearing_termination", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_termination_case_id"), ["case_id"], unique=False)

    op.create_table(
        "intake_counter",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_intake_counter")),
    )
    op.create_table(
        "intake_custody",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_intake_custody")),
    )
    with op.batch_alter_table("intake_custody", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_custody_receipt_hash"), ["receipt_hash"], unique=False)

    op.create_table(
        "intake_notice",
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_intake_notice")),
    )
    with op.batch_alter_table("intake_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_notice_case"), ["case"], unique=False)

    op.create_table(
        "intake_rating",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("rating", sa.String(length=24), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_rating")),
    )
    with op.batch_alter_table("intake_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_rating_case"), ["case"], unique=False)

    op.create_table(
        "intake_report",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("entry_office", sa.String(length=16), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("clerk", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("nature", sa.String(length=24), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("real_name", sa.Boolean(), nullable=False),
        sa.Column("contactable", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("reporter", sa.JSON(), nullable=True),
        sa.Column("sealed", sa.JSON(), nullable=True),
        sa.Column("policy_version", sa.String(length=40), nullable=False),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_intake_report")),
        sa.UniqueConstraint("number", name=op.f("uq_intake_report_number")),
    )
    with op.batch_alter_table("intake_report", schema=None) as batch_op:
        batch_op.create_index("ix_intake_report_list", ["desk", "recalled", "number"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_report_receipt_hash"), ["receipt_hash"], unique=False)

    op.create_table(
        "intake_supplement",
        sa.Column("supplement", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("sealed", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("supplement", name=op.f("pk_intake_supplement")),
    )
    with op.batch_alter_table("intake_supplement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_supplement_case"), ["case"], unique=False)

    op.create_table(
        "net_command",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_net_command")),
    )
    op.create_table(
        "net_head",
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("office", "epoch", "seq", name=op.f("pk_net_head")),
    )
    op.create_table(
        "net_inbox",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_net_inbox")),
    )
    with op.batch_alter_table("net_inbox", schema=None) as batch_op:
        batch_op.create_index("ix_net_inbox_held", ["state", "service", "case_id"], unique=False)
        batch_op.create_index("ix_net_inbox_stream", ["office", "service", "seq"], unique=False)

    op.create_table(
        "net_journal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_net_journal")),
    )
    with op.batch_alter_table("net_journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_net_journal_case_id"), ["case_id"], unique=False)

    op.create_table(
        "net_office",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("journal_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_net_office")),
    )
    op.create_table(
        "net_outbox",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("by_service", sa.String(length=16), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_net_outbox")),
    )
    with op.batch_alter_table("net_outbox", schema=None) as batch_op:
        batch_op.create_index("ix_net_outbox_stream", ["state", "office", "service", "seq"], unique=False)

    op.create_table(
        "net_peer",
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("heard_at", sa.DateTime(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_net_peer")),
    )
    op.create_table(
        "net_policy",
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_net_policy")),
    )
    op.create_table(
        "net_stream_in",
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("ack_due", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("office", "service", name=op.f("pk_net_stream_in")),
    )
    with op.batch_alter_table("net_stream_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_net_stream_in_ack_due"), ["ack_due"], unique=False)

    op.create_table(
        "net_stream_out",
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=32), nullable=False),
        sa.Column("acked_seq", sa.Integer(), nullable=False),
        sa.Column("base_seq", sa.Integer(), nullable=False),
        sa.Column("base_chain", sa.String(length=32), nullable=False),
        sa.Column("resend_at", sa.DateTime(), nullable=True),
        sa.Column("resend_wait", sa.Integer(), nullable=False),
        sa.Column("hold_until", sa.DateTime(), nullable=True),
        sa.Column("nacks", sa.Integer(), nullable=False),
        sa.Column("forgot_after", sa.Integer(), nullable=True),
        sa.Column("forgot_upto", sa.Integer(), nullable=True),
        sa.Column("forgot_asked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("office", "service", name=op.f("pk_net_stream_out")),
    )
    op.create_table(
        "net_uncopied",
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_net_uncopied")),
    )
    with op.batch_alter_table("net_uncopied", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_net_uncopied_at"), ["at"], unique=False)

    op.create_table(
        "portal_filed",
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=True),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("receipt_hash", name=op.f("pk_portal_filed")),
    )
    op.create_table(
        "portal_said",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_said")),
    )
    with op.batch_alter_table("portal_said", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_said_receipt_hash"), ["receipt_hash"], unique=False)

    op.create_table(
        "portal_step",
        sa.Column("letter", sa.String(length=64), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("entry_office", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("tier", sa.String(length=12), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=True),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("letter", name=op.f("pk_portal_step")),
    )
    with op.batch_alter_table("portal_step", schema=None) as batch_op:
        batch_op.create_index("ix_portal_step_receipt", ["receipt_hash", "at"], unique=False)

    op.create_table(
        "supervision_audit",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("requested_by", sa.String(length=60), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_audit")),
    )
    op.create_table(
        "supervision_clock",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("ref", sa.String(length=8), nullable=False),
        sa.Column("teller", sa.String(length=16), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("due", sa.DateTime(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("extended_from", sa.DateTime(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "kind", "ref", name=op.f("pk_supervision_clock")),
    )
    with op.batch_alter_table("supervision_clock", schema=None) as batch_op:
        batch_op.create_index("ix_supervision_clock_due", ["state", "due"], unique=False)
        batch_op.create_index("ix_supervision_clock_next", ["next_at"], unique=False)

    op.create_table(
        "supervision_line",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("entry_office", sa.String(length=16), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("holder_tier", sa.String(length=12), nullable=False),
        sa.Column("override", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("offered_to", sa.String(length=16), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("told_by", sa.String(length=16), nullable=False),
        sa.Column("last_heard_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_supervision_line")),
    )
    with op.batch_alter_table("supervision_line", schema=None) as batch_op:
        batch_op.create_index("ix_supervision_line_desk", ["desk", "case_id"], unique=False)

    op.create_table(
        "supervision_order",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("giver", sa.String(length=16), nullable=False),
        sa.Column("receiver", sa.String(length=16), nullable=False),
        sa.Column("supervisor", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("unconfirmed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "given", name=op.f("pk_supervision_order")),
    )
    with op.batch_alter_table("supervision_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_order_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_supervision_order_desk", ["desk", "at"], unique=False)

    op.create_table(
        "supervision_recalled",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("override", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_supervision_recalled")),
    )
    op.create_table(
        "supervision_step",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("ref", sa.String(length=8), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("answerable", sa.String(length=16), nullable=False),
        sa.Column("fired_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("unconfirmed", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_step")),
        sa.UniqueConstraint("case_id", "kind", "ref", "step", "due", name=op.f("uq_supervision_step_case_id")),
    )
    with op.batch_alter_table("supervision_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_step_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_supervision_step_list", ["desk", "state", "fired_at"], unique=False)
