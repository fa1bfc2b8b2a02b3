-- A run may be ended: what was handed in for it is taken away, and nothing of it is handed over any more.
alter table intake_run drop constraint intake_run_state_check;
alter table intake_run add constraint intake_run_state_check
  check (state in ('reading', 'read', 'handing', 'failed', 'ended'));
