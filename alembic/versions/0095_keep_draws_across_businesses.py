"""Keep an earlier draw of the person whatever the business was: renewal after a change is no way to other doctors."""

from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

WRITTEN = {
    "earlier_draw(uuid, date)": (
        "c.person_id = this.person_id AND c.business = this.business AND c.id <> this.id",
        "c.person_id = this.person_id AND c.id <> this.id",
    ),
    "take_draws_over(uuid, uuid)": (
        "before.person_id = this.person_id AND before.business = this.business",
        "before.person_id = this.person_id",
    ),
}
"""Of each function: which cases were of the same business, and that all of the person's count."""


def _rewrite(function: str, before: str, after: str) -> None:
    connection = op.get_bind()
    written = connection.exec_driver_sql(f"SELECT pg_get_functiondef('{function}'::regprocedure)").scalar_one()
    if before not in written:
        raise RuntimeError(f"{function} is not as this migration knows it.")
    connection.exec_driver_sql(written.replace(before, after))


def upgrade() -> None:
    for function, (of_business, of_person) in WRITTEN.items():
        _rewrite(function, of_business, of_person)


def downgrade() -> None:
    for function, (of_business, of_person) in WRITTEN.items():
        _rewrite(function, of_person, of_business)
