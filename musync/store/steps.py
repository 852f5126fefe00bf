"""The journal: the plan of a run and how far each of its steps has come (sync-spec 4.2)."""

from __future__ import annotations

from sqlalchemy import Update, insert, select, update

from musync.domain import Plan, Step, StepRecord, StepState
from musync.store.codec import pack_plan, pack_step, unpack_plan, unpack_step
from musync.store.connections import Block
from musync.store.tables import plan as plan_table
from musync.store.tables import step as table


class Steps:
    """What is to be sent, and what was."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def plan(self, run_id: int, plan: Plan) -> None:
        """Write down everything that the run will send, before anything is sent; a run has one plan."""
        self._block.execute(insert(plan_table).values(run=run_id, body=pack_plan(plan)))
        self._block.many(
            insert(table),
            [
                {
                    "run": run_id,
                    "ordinal": ordinal,
                    "state": "todo",
                    "attempts": 0,
                    "error": "",
                    "body": pack_step(step),
                }
                for ordinal, step in enumerate(plan.steps)
            ],
        )

    def planned(self, run_id: int) -> Plan | None:
        """The plan of the run, None when it came to none."""
        body = self._block.execute(select(plan_table.c.body).where(plan_table.c.run == run_id)).scalar()
        return None if body is None else unpack_plan(body, (record.step for record in self.of_run(run_id)))

    def of_run(self, run_id: int) -> tuple[StepRecord, ...]:
        """The steps of the run, in the order they are sent."""
        rows = self._block.execute(select(table).where(table.c.run == run_id).order_by(table.c.ordinal))
        return tuple(
            StepRecord(step=unpack_step(row.body), state=row.state, attempts=row.attempts, error=row.error)
            for row in rows
        )

    def change(self, run_id: int, step: int, to: Step) -> None:
        """Write down that a step (counted from 0) will be another one than planned, before that is sent."""
        here = (table.c.run == run_id, table.c.ordinal == step)
        self._at_one(update(table).where(*here).values(body=pack_step(to)), run_id, step)

    def set_state(self, run_id: int, step: int, state: StepState, error: str = "") -> None:
        """Say how far a step (counted from 0) has come; every `intent` counts as an attempt."""
        here = (table.c.run == run_id, table.c.ordinal == step)
        attempts = table.c.attempts + (1 if state == "intent" else 0)
        self._at_one(update(table).where(*here).values(state=state, error=error, attempts=attempts), run_id, step)

    def _at_one(self, change: Update, run_id: int, step: int) -> None:
        # A journal that silently misses a step is worse than none.
        if self._block.execute(change).rowcount == 0:
            raise LookupError(f"run {run_id} has no step {step}")
