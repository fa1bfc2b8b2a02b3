-- Approved and waiting for its time is a state of its own; `live_at` is when a revision went live, if it ever did.
alter table revision drop constraint revision_state_check;
alter table revision add constraint revision_state_check check
  (state in ('draft', 'submitted', 'first-reviewed', 'second-reviewed', 'scheduled', 'approved', 'returned', 'superseded'));
alter table revision add column live_at text;
update revision set live_at = review.at from review
where review.site = revision.site and review.item = revision.item and review.number = revision.number
  and review.stage = 'final' and review.decision = 'approve';

create table schedule (
  id bigint generated always as identity primary key,
  site text not null,
  item text not null,
  action text not null check (action in ('publish', 'withdraw')),
  -- The approved revision and its hash; of a withdrawal, the reason the public will read.
  number integer,
  hash text,
  reason text,
  -- ISO 8601 instants in UTC, all of one length, so that they can be compared as texts.
  at text not null,
  set_at text not null,
  set_by text not null,
  set_by_name text not null,
  state text not null check (state in ('waiting', 'done', 'cancelled', 'failed')),
  ended_at text,
  note text,
  foreign key (site, item) references item (site, id)
);
create index schedule_due on schedule (site, at) where state = 'waiting';
create unique index schedule_once on schedule (site, item, action, coalesce(number, 0)) where state in ('waiting', 'failed');
