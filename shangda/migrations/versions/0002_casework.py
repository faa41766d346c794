"""Casework."""

# ruff: noqa: PLR0915  a revision is one list

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_accusation",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_assignment_accusation")),
    )
    op.create_table(
        "assignment_call_back",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(), nullable=False),
        sa.Column("wanted_by", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_call_back")),
    )
    with op.batch_alter_table("assignment_call_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_call_back_case"), ["case"], unique=False)

    op.create_table(
        "assignment_clearing",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=60), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("approved_by", sa.String(length=60), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.String(length=60), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_clearing")),
    )
    with op.batch_alter_table("assignment_clearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_clearing_case"), ["case"], unique=False)

    op.create_table(
        "assignment_disposal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("disposal", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_disposal")),
    )
    with op.batch_alter_table("assignment_disposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_disposal_case"), ["case"], unique=False)

    op.create_table(
        "assignment_dispute",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.String(length=16), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("recused", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("decided", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_assignment_dispute")),
    )
    op.create_table(
        "assignment_fact",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("old", sa.String(length=200), nullable=False),
        sa.Column("new", sa.String(length=200), nullable=False),
        sa.Column("old_sealed", sa.JSON(), nullable=True),
        sa.Column("sealed", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_fact")),
    )
    with op.batch_alter_table("assignment_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_fact_case"), ["case"], unique=False)

    op.create_table(
        "assignment_feedback",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("told_by", sa.String(length=60), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("new_evidence", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_feedback")),
    )
    with op.batch_alter_table("assignment_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_feedback_case"), ["case"], unique=False)

    op.create_table(
        "assignment_file",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("retention", sa.String(length=24), nullable=False),
        sa.Column("keep_until", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.String(length=60), nullable=False),
        sa.Column("catalogue", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("disposed_at", sa.DateTime(), nullable=True),
        sa.Column("disposed_by", sa.String(length=60), nullable=False),
        sa.Column("disposal_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case", "round", name=op.f("pk_assignment_file")),
    )
    op.create_table(
        "assignment_help",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("recused", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case", "ordinal", name=op.f("pk_assignment_help")),
    )
    with op.batch_alter_table("assignment_help", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_help_list", ["desk", "state", "due"], unique=False)

    op.create_table(
        "assignment_helper",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("heard_at", sa.DateTime(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case", "ordinal", name=op.f("pk_assignment_helper")),
    )
    op.create_table(
        "assignment_objection",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("named", sa.String(length=60), nullable=False),
        sa.Column("veil", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sealed", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_objection")),
    )
    with op.batch_alter_table("assignment_objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_objection_case"), ["case"], unique=False)

    op.create_table(
        "assignment_official_part",
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("officials", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("serial", "part", name=op.f("pk_assignment_official_part")),
    )
    op.create_table(
        "assignment_outside",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("sent_by", sa.String(length=60), nullable=False),
        sa.Column("answer_no", sa.String(length=80), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_assignment_outside")),
    )
    op.create_table(
        "assignment_recusal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=False),
        sa.Column("is_person", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_recusal")),
    )
    with op.batch_alter_table("assignment_recusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_recusal_case"), ["case"], unique=False)

    op.create_table(
        "assignment_saying",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("sealed", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_saying")),
    )
    with op.batch_alter_table("assignment_saying", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_saying_case"), ["case"], unique=False)

    op.create_table(
        "assignment_team",
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("team", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("area", sa.String(length=30), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("formed_at", sa.DateTime(), nullable=False),
        sa.Column("formed_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("desk", "team", name=op.f("pk_assignment_team")),
    )
    op.create_table(
        "assignment_visit",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_visit")),
    )
    with op.batch_alter_table("assignment_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_visit_case"), ["case"], unique=False)

    op.create_table(
        "case_veil",
        sa.Column("case", sa.String(length=64), nullable=False),
        sa.Column("veils", sa.JSON(), nullable=False),
        sa.Column("gone", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_case_veil")),
    )
    op.create_table(
        "intake_call",
        sa.Column("emergency", sa.String(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("clerk", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("emergency", "turn", name=op.f("pk_intake_call")),
    )
    with op.batch_alter_table("intake_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_call_case"), ["case"], unique=False)

    op.create_table(
        "intake_duty",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_intake_duty")),
    )
    op.create_table(
        "intake_emergency",
        sa.Column("emergency", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("emergency", name=op.f("pk_intake_emergency")),
    )
    with op.batch_alter_table("intake_emergency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_emergency_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_emergency_state"), ["state"], unique=False)

    op.create_table(
        "intake_saying",
        sa.Column("saying", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("sealed", sa.JSON(), nullable=True),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("saying", name=op.f("pk_intake_saying")),
    )
    with op.batch_alter_table("intake_saying", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_saying_case"), ["case"], unique=False)

    op.create_table(
        "supervision_alert",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("principals", sa.JSON(), nullable=False),
        sa.Column("visits", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_alert")),
    )
    with op.batch_alter_table("supervision_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_alert_case_id"), ["case_id"], unique=False)

    op.create_table(
        "supervision_call_back",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("wanted_at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reporter", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_call_back")),
    )
    with op.batch_alter_table("supervision_call_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_call_back_case_id"), ["case_id"], unique=False)

    op.create_table(
        "supervision_city_visit",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("form", sa.String(length=12), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("why_not_here", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_city_visit")),
    )
    with op.batch_alter_table("supervision_city_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_city_visit_case_id"), ["case_id"], unique=False)

    op.create_table(
        "supervision_demand",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("clock", sa.String(length=4), nullable=False),
        sa.Column("giver", sa.String(length=16), nullable=False),
        sa.Column("given_by", sa.String(length=60), nullable=False),
        sa.Column("receiver", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("follows", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("adopted", sa.Boolean(), nullable=True),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_demand")),
    )
    with op.batch_alter_table("supervision_demand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_demand_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_supervision_demand_desk", ["desk", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_supervision_demand_next_at"), ["next_at"], unique=False)

    op.create_table(
        "supervision_duty",
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("duty", sa.String(length=30), nullable=False),
        sa.Column("scope", sa.String(length=30), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("serial", "person", "duty", "scope", "since", name=op.f("pk_supervision_duty")),
    )
    op.create_table(
        "supervision_period",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("clock", sa.String(length=4), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("nil", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(), nullable=True),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_period")),
    )
    with op.batch_alter_table("supervision_period", schema=None) as batch_op:
        batch_op.create_index("ix_supervision_period_list", ["desk", "kind", "due"], unique=False)
        batch_op.create_index(batch_op.f("ix_supervision_period_next_at"), ["next_at"], unique=False)
        batch_op.create_index("ix_supervision_period_office", ["office", "kind", "period"], unique=False)

    op.create_table(
        "supervision_press",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=80), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("whom", sa.String(length=100), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_press")),
    )
    with op.batch_alter_table("supervision_press", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_press_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("assignment_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("head_count", sa.Integer(), server_default=sa.text("1"), nullable=False))
        batch_op.add_column(sa.Column("representatives", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(
            sa.Column("external_no", sa.String(length=60), server_default=sa.text("('')"), nullable=False)
        )
        batch_op.add_column(sa.Column("recused", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("marks", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("matched", sa.String(length=24), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("handler", sa.String(length=60), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("team", sa.String(length=60), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(
            sa.Column("decided_by", sa.String(length=16), server_default=sa.text("('')"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("decided_for", sa.String(length=16), server_default=sa.text("('')"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("outside_body", sa.String(length=40), server_default=sa.text("('')"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("procedure", sa.String(length=24), server_default=sa.text("('')"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("performance", sa.String(length=24), server_default=sa.text("('')"), nullable=False)
        )
        batch_op.add_column(sa.Column("perform_by", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("proof", sa.String(length=24), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("final_opinions", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("flags", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("disposal", sa.String(length=24), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("concluded_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("assignment_opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reviews", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("perform_by", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("no_visit_reason", sa.Text(), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("receiver", sa.String(length=60), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("witness", sa.String(length=60), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("refused", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))

    with op.batch_alter_table("hearing_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recused", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("flags", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("final_opinions", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))

    with op.batch_alter_table("hearing_opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("look_at", sa.DateTime(), nullable=True))
        batch_op.create_index("ix_hearing_opinion_look", ["superseded", "look_at"], unique=False)

    with op.batch_alter_table("hearing_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaced", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))

    with op.batch_alter_table("intake_custody", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.String(length=40), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("sent_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("way", sa.String(length=60), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(
            sa.Column("document_no", sa.String(length=60), server_default=sa.text("('')"), nullable=False)
        )
        batch_op.create_index(batch_op.f("ix_intake_custody_number"), ["number"], unique=False)

    with op.batch_alter_table("intake_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("head_count", sa.Integer(), server_default=sa.text("1"), nullable=False))
        batch_op.add_column(sa.Column("representatives", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(
            sa.Column("external_no", sa.String(length=60), server_default=sa.text("('')"), nullable=False)
        )
        batch_op.add_column(sa.Column("flags", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("part_of", sa.String(length=32), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("parts", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.create_index(batch_op.f("ix_intake_report_external_no"), ["external_no"], unique=False)

    with op.batch_alter_table("portal_said", schema=None) as batch_op:
        batch_op.alter_column(
            "kind", existing_type=sa.VARCHAR(length=12), type_=sa.String(length=16), existing_nullable=False
        )

    with op.batch_alter_table("supervision_clock", schema=None) as batch_op:
        batch_op.alter_column(
            "ref", existing_type=sa.VARCHAR(length=8), type_=sa.String(length=20), existing_nullable=False
        )

    with op.batch_alter_table("supervision_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recused", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("flags", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(
            sa.Column("repeat_of", sa.String(length=40), server_default=sa.text("('')"), nullable=False)
        )

    with op.batch_alter_table("supervision_order", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_by", sa.String(length=60), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("supervision_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rung", sa.String(length=20), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("persons", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.alter_column(
            "ref", existing_type=sa.VARCHAR(length=8), type_=sa.String(length=20), existing_nullable=False
        )
