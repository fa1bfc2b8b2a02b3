-- On air by one person's decision, its reviews to follow.
alter table revision drop constraint revision_state_check;
alter table revision add constraint revision_state_check check
  (state in ('draft', 'submitted', 'first-reviewed', 'second-reviewed', 'scheduled', 'approved', 'emergency', 'returned', 'superseded'));

create table emergency (
  site text not null,
  item text not null,
  number integer not null,
  hash text not null,
  reason text not null,
  at text not null,
  by text not null,
  by_name text not null,
  -- ISO 8601 instant in UTC by which all reviews must have been made.
  due_at text not null,
  -- waiting: reviews are missing. refused: a reviewer said no, and it is still on air. approved, replaced, withdrawn: how it ended.
  state text not null check (state in ('waiting', 'refused', 'approved', 'replaced', 'withdrawn')),
  ended_at text,
  primary key (site, item, number),
  foreign key (site, item, number) references revision (site, item, number)
);
create index emergency_open on emergency (site, due_at) where state in ('waiting', 'refused');
