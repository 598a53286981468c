"""What the application forms ask: the subject and the result of a call that was written down by hand"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("subject", "result"):
        op.add_column("call", sa.Column(name, sa.String(), nullable=False, server_default=""))
