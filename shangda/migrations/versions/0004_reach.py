"""Reaching people: channels, receptions, visits, promises, sweeps, responsibility."""

# ruff: noqa: PLR0915  a revision is one list

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_hand_over",
        sa.Column("hand_over", sa.String(length=32), nullable=False),
        sa.Column("town", sa.String(length=16), nullable=False),
        sa.Column("slot", sa.String(length=30), nullable=False),
        sa.Column("outgoing", sa.String(length=20), nullable=False),
        sa.Column("incoming", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by", sa.String(length=60), nullable=False),
        sa.Column("outgoing_at", sa.DateTime(), nullable=True),
        sa.Column("outgoing_paper", sa.String(length=80), nullable=False),
        sa.Column("incoming_at", sa.DateTime(), nullable=True),
        sa.Column("incoming_paper", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("hand_over", name=op.f("pk_assignment_hand_over")),
    )
    with op.batch_alter_table("assignment_hand_over", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_hand_over_seat", ["town", "slot", "day"], unique=False)

    op.create_table(
        "assignment_hand_over_matter",
        sa.Column("hand_over", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("hand_over", "case", name=op.f("pk_assignment_hand_over_matter")),
    )
    op.create_table(
        "assignment_merit",
        sa.Column("merit", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("town", sa.String(length=16), nullable=False),
        sa.Column("slot", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("merit", "person", name=op.f("pk_assignment_merit")),
    )
    with op.batch_alter_table("assignment_merit", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_merit_person", ["person", "day"], unique=False)
        batch_op.create_index("ix_assignment_merit_town", ["town", "day"], unique=False)

    op.create_table(
        "intake_absence",
        sa.Column("absence", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("absence", name=op.f("pk_intake_absence")),
    )
    with op.batch_alter_table("intake_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_absence_account"), ["account"], unique=False)

    op.create_table(
        "intake_activity",
        sa.Column("activity", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(length=30), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("matter", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(length=30), nullable=False),
        sa.Column("rating", sa.String(length=30), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("activity", name=op.f("pk_intake_activity")),
    )
    with op.batch_alter_table("intake_activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_activity_case"), ["case"], unique=False)
        batch_op.create_index("ix_intake_activity_count", ["at", "kind"], unique=False)

    op.create_table(
        "intake_away_day",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("leader", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_away_day")),
    )
    with op.batch_alter_table("intake_away_day", schema=None) as batch_op:
        batch_op.create_index("ix_intake_away_day_leader", ["leader", "day"], unique=False)

    op.create_table(
        "intake_board",
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("official", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("photo", sa.String(length=320), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("profile", name=op.f("pk_intake_board")),
    )
    with op.batch_alter_table("intake_board", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_board_office"), ["office"], unique=False)

    op.create_table(
        "intake_board_change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("official", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_board_change")),
    )
    with op.batch_alter_table("intake_board_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_board_change_official"), ["official"], unique=False)

    op.create_table(
        "intake_booking",
        sa.Column("booking", sa.String(length=32), nullable=False),
        sa.Column("named", sa.String(length=20), nullable=False),
        sa.Column("leader", sa.String(length=20), nullable=False),
        sa.Column("schedule", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("reporter", sa.JSON(), nullable=True),
        sa.Column("booked_at", sa.DateTime(), nullable=False),
        sa.Column("booked_by", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("moved_from", sa.String(length=32), nullable=False),
        sa.Column("moved_to", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("booking", name=op.f("pk_intake_booking")),
    )
    with op.batch_alter_table("intake_booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_booking_case"), ["case"], unique=False)
        batch_op.create_index("ix_intake_booking_slot", ["schedule", "day", "starts"], unique=False)
        batch_op.create_index("ix_intake_booking_state", ["state", "day"], unique=False)

    op.create_table(
        "intake_box_opening",
        sa.Column("opening", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("openers", sa.JSON(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("registered", sa.Integer(), nullable=False),
        sa.Column("aside", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("clerk", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("opening", name=op.f("pk_intake_box_opening")),
    )
    with op.batch_alter_table("intake_box_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_box_opening_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_box_opening_channel"), ["channel"], unique=False)

    op.create_table(
        "intake_campaign",
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("leaders_target", sa.Integer(), nullable=False),
        sa.Column("cadres_target", sa.Integer(), nullable=False),
        sa.Column("visits_due", sa.JSON(), nullable=False),
        sa.Column("cadres", sa.JSON(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_intake_campaign")),
    )
    op.create_table(
        "intake_card",
        sa.Column("serial", sa.String(length=24), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("given_to", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("issued_by", sa.String(length=60), nullable=False),
        sa.Column("void_at", sa.DateTime(), nullable=True),
        sa.Column("void_by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_intake_card")),
    )
    with op.batch_alter_table("intake_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_card_batch"), ["batch"], unique=False)

    op.create_table(
        "intake_card_batch",
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("url", sa.String(length=200), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("printed_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("batch", name=op.f("pk_intake_card_batch")),
    )
    op.create_table(
        "intake_case_down",
        sa.Column("taken", sa.String(length=32), nullable=False),
        sa.Column("go_down", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("result_at", sa.DateTime(), nullable=True),
        sa.Column("result_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("taken", name=op.f("pk_intake_case_down")),
    )
    with op.batch_alter_table("intake_case_down", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_case_down_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_case_down_go_down"), ["go_down"], unique=False)

    op.create_table(
        "intake_case_outcome",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_intake_case_outcome")),
    )
    op.create_table(
        "intake_channel",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("mailbox", sa.String(length=130), nullable=False),
        sa.Column("url", sa.String(length=220), nullable=False),
        sa.Column("qr", sa.String(length=220), nullable=False),
        sa.Column("hours", sa.String(length=100), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("official", sa.String(length=20), nullable=False),
        sa.Column("official_name", sa.String(length=60), nullable=False),
        sa.Column("official_post", sa.String(length=60), nullable=False),
        sa.Column("clerk", sa.String(length=60), nullable=False),
        sa.Column("clerk_name", sa.String(length=60), nullable=False),
        sa.Column("deputy", sa.String(length=60), nullable=False),
        sa.Column("deputy_name", sa.String(length=60), nullable=False),
        sa.Column("staffed_since", sa.Date(), nullable=True),
        sa.Column("away", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "rev", name=op.f("pk_intake_channel")),
    )
    with op.batch_alter_table("intake_channel", schema=None) as batch_op:
        batch_op.create_index("ix_intake_channel_office", ["office", "replaced_at"], unique=False)

    op.create_table(
        "intake_demand",
        sa.Column("demand", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("of", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("demand", name=op.f("pk_intake_demand")),
    )
    with op.batch_alter_table("intake_demand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_demand_case"), ["case"], unique=False)
        batch_op.create_index("ix_intake_demand_of", ["source", "of"], unique=False)

    op.create_table(
        "intake_go_down",
        sa.Column("go_down", sa.String(length=32), nullable=False),
        sa.Column("leader", sa.String(length=20), nullable=False),
        sa.Column("leader_name", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("position", sa.String(length=30), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("planned_by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("waiting", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("go_down", name=op.f("pk_intake_go_down")),
    )
    op.create_table(
        "intake_hall_duty",
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.Column("leader", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(length=2), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("attendance", sa.String(length=24), nullable=False),
        sa.Column("substitute", sa.String(length=20), nullable=False),
        sa.Column("substitute_name", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=60), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_intake_hall_duty")),
        sa.UniqueConstraint("leader", "day", "half", name="uq_intake_hall_duty_leader"),
    )
    with op.batch_alter_table("intake_hall_duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_hall_duty_day"), ["day"], unique=False)

    op.create_table(
        "intake_home_visit",
        sa.Column("visit", sa.String(length=32), nullable=False),
        sa.Column("visitor", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("companions", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("visit", name=op.f("pk_intake_home_visit")),
    )
    with op.batch_alter_table("intake_home_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_home_visit_campaign"), ["campaign"], unique=False)

    op.create_table(
        "intake_listing",
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("listed", sa.String(length=24), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_intake_listing")),
    )
    op.create_table(
        "intake_phone_call",
        sa.Column("call", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("operator", sa.String(length=60), nullable=False),
        sa.Column("operator_name", sa.String(length=60), nullable=False),
        sa.Column("number_given", sa.Boolean(), nullable=False),
        sa.Column("name_given", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("recording", sa.String(length=200), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("became_case", sa.Boolean(), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("clerk", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("call", name=op.f("pk_intake_phone_call")),
    )
    with op.batch_alter_table("intake_phone_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_phone_call_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_phone_call_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_phone_call_channel"), ["channel"], unique=False)

    op.create_table(
        "intake_promise",
        sa.Column("promise", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("source_id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("performed_at", sa.DateTime(), nullable=True),
        sa.Column("performed", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=60), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("promise", name=op.f("pk_intake_promise")),
        sa.UniqueConstraint("number", name=op.f("uq_intake_promise_number")),
    )
    with op.batch_alter_table("intake_promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_promise_case"), ["case"], unique=False)
        batch_op.create_index("ix_intake_promise_due", ["due", "promise"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_promise_source_id"), ["source_id"], unique=False)

    op.create_table(
        "intake_reception",
        sa.Column("reception", sa.String(length=32), nullable=False),
        sa.Column("booking", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.String(length=24), nullable=False),
        sa.Column("named", sa.String(length=20), nullable=False),
        sa.Column("named_name", sa.String(length=60), nullable=False),
        sa.Column("received_by", sa.String(length=20), nullable=False),
        sa.Column("received_name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("substitute_why", sa.String(length=200), nullable=False),
        sa.Column("booked_for", sa.DateTime(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("on_the_spot", sa.Boolean(), nullable=False),
        sa.Column("marked_key", sa.Boolean(), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("rating", sa.String(length=24), nullable=False),
        sa.Column("rated", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("reception", name=op.f("pk_intake_reception")),
    )
    with op.batch_alter_table("intake_reception", schema=None) as batch_op:
        batch_op.create_index("ix_intake_reception_at", ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_reception_booking"), ["booking"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_reception_case"), ["case"], unique=False)

    op.create_table(
        "intake_room_visit",
        sa.Column("visit", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("officer", sa.String(length=60), nullable=False),
        sa.Column("officer_name", sa.String(length=60), nullable=False),
        sa.Column("rostered", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("became_case", sa.Boolean(), nullable=False),
        sa.Column("campaign", sa.String(length=20), nullable=False),
        sa.Column("clerk", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("visit", name=op.f("pk_intake_room_visit")),
    )
    with op.batch_alter_table("intake_room_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_room_visit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_room_visit_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_room_visit_channel"), ["channel"], unique=False)

    op.create_table(
        "intake_roster",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("officer", sa.String(length=60), nullable=False),
        sa.Column("officer_name", sa.String(length=60), nullable=False),
        sa.Column("deputy", sa.String(length=60), nullable=False),
        sa.Column("deputy_name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("channel", "day", name=op.f("pk_intake_roster")),
    )
    op.create_table(
        "intake_schedule",
        sa.Column("schedule", sa.String(length=32), nullable=False),
        sa.Column("leader", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("month_days", sa.JSON(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("on_rest_days", sa.Boolean(), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("schedule", name=op.f("pk_intake_schedule")),
    )
    with op.batch_alter_table("intake_schedule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_schedule_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_schedule_leader"), ["leader"], unique=False)

    op.create_table(
        "intake_visited",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("visit", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_intake_visited")),
    )
    with op.batch_alter_table("intake_visited", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_visited_visit"), ["visit"], unique=False)

    op.create_table(
        "portal_channel",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("mailbox", sa.String(length=130), nullable=False),
        sa.Column("url", sa.String(length=220), nullable=False),
        sa.Column("qr", sa.String(length=220), nullable=False),
        sa.Column("hours", sa.String(length=100), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("official_name", sa.String(length=60), nullable=False),
        sa.Column("official_post", sa.String(length=60), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_portal_channel")),
    )
    with op.batch_alter_table("portal_channel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_channel_office"), ["office"], unique=False)

    op.create_table(
        "portal_leader",
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("photo", sa.String(length=320), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("profile", name=op.f("pk_portal_leader")),
    )
    op.create_table(
        "supervision_dispute",
        sa.Column("dispute", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("risk", sa.String(length=12), nullable=False),
        sa.Column("mass", sa.Boolean(), nullable=False),
        sa.Column("lead", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("said", sa.String(length=12), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("sweep", sa.String(length=32), nullable=False),
        sa.Column("found_by", sa.String(length=60), nullable=False),
        sa.Column("parties", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=60), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("helpers", sa.JSON(), nullable=False),
        sa.Column("leader", sa.String(length=20), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("case_number", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("dispute", name=op.f("pk_supervision_dispute")),
    )
    with op.batch_alter_table("supervision_dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_dispute_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_supervision_dispute_list", ["office", "found_on"], unique=False)

    op.create_table(
        "supervision_dispute_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_supervision_dispute_counter")),
    )
    op.create_table(
        "supervision_nudge",
        sa.Column("nudge", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("to", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("nudge", name=op.f("pk_supervision_nudge")),
    )
    with op.batch_alter_table("supervision_nudge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_nudge_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_supervision_nudge_case_id"), ["case_id"], unique=False)

    op.create_table(
        "supervision_round",
        sa.Column("round", sa.String(length=20), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_supervision_round")),
    )
    op.create_table(
        "supervision_study",
        sa.Column("quarter", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_supervision_study")),
    )
    op.create_table(
        "supervision_sweep",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("screeners", sa.JSON(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("still", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("worse", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_sweep")),
    )
    with op.batch_alter_table("supervision_sweep", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_sweep_at"), ["at"], unique=False)

    with op.batch_alter_table("intake_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("via", sa.String(length=32), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("opening", sa.String(length=32), server_default=sa.text("('')"), nullable=False))
        batch_op.create_index(batch_op.f("ix_intake_report_via"), ["via"], unique=False)

    with op.batch_alter_table("supervision_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("course", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
