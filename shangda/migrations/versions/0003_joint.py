"""A dispute on competence may be decided by the joint conference."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assignment_dispute", schema=None) as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(length=24), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("participants", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("held_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("document_no", sa.String(length=80), server_default=sa.text("('')"), nullable=False)
        )
    # what was decided before was decided by the superior itself
    op.execute("UPDATE assignment_dispute SET way = 'superior' WHERE state = 'decided'")
