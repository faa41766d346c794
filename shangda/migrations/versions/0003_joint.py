"""A dispute on competence may be decided by the joint conference; the closed file names the notices."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_notice",
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_assignment_notice")),
    )
    with op.batch_alter_table("assignment_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_notice_case"), ["case"], unique=False)

    with op.batch_alter_table("assignment_dispute", schema=None) as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(length=24), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("participants", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("held_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("document_no", sa.String(length=80), server_default=sa.text("('')"), nullable=False)
        )
    # what was decided before was decided by the superior itself
    op.execute("UPDATE assignment_dispute SET way = 'superior' WHERE state = 'decided'")
