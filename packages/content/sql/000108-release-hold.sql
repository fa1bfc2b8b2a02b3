-- Up to which event a release holds what was approved; not known of those from before.
alter table press_release add column seq bigint;

-- The site is held at an earlier release: asked for by one person, confirmed by another, ended in the same way. Only the operator's
-- command line may do it alone.
create table release_hold (
  site text not null,
  id integer not null,
  -- The release gone back to, by its number in the log, and the root of its map.
  release bigint not null,
  root text not null,
  reason text not null,
  state text not null check (state in ('asked', 'held', 'ended', 'dropped')),
  alone boolean not null,
  asked_at text not null,
  asked_by text not null,
  asked_by_name text not null,
  confirmed_at text,
  confirmed_by text,
  confirmed_by_name text,
  -- Going on was asked for, and by whom.
  end_reason text,
  end_asked_at text,
  end_asked_by text,
  end_asked_by_name text,
  ended_at text,
  ended_by text,
  ended_by_name text,
  -- The release the press put in force for it, the last of them; null until it has.
  served bigint,
  primary key (site, id)
);
create unique index release_hold_open on release_hold (site, state) where state in ('asked', 'held');
