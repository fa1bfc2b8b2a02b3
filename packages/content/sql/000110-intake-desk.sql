-- What people take in at the desk: runs, the pages found in their sources, and what was decided about places of them.
create table intake_run (
  site text not null,
  id integer not null,
  name text not null,
  -- Where the sources lie: JSON, {"files": […]} as they were handed in, or {"folder": "2019/xw"} below the stated folder.
  place text not null,
  -- JSON of a mapping (docs/formats/mapping.md), null without one.
  mapping text not null,
  -- Where pages stand that no rule of the mapping fits.
  channel text not null,
  state text not null check (state in ('reading', 'read', 'handing', 'failed')),
  -- JSON, what went wrong with the whole: {"zh", "en"}.
  problem text,
  -- How many entries the sources have, once they were counted.
  entries integer,
  -- Its alarms have been told of.
  told boolean not null default false,
  at text not null,
  account text not null,
  account_name text not null,
  primary key (site, id)
);

create table intake_page (
  site text not null,
  run integer not null,
  -- Its place in the sources, from 1.
  number integer not null,
  name text not null,
  address text,
  -- null where no bytes were had.
  received_hash text,
  title text not null,
  channel text,
  verdict text not null check (verdict in ('clean', 'mended', 'gaps', 'none')),
  proved integer not null,
  accepted integer not null,
  -- Likely, and not accepted: a person may.
  undecided integer not null,
  lost integer not null,
  stated integer not null,
  alarms integer not null,
  -- JSON: the kinds of its alarms, once each; what the page does not say of itself; notes.
  alarm_kinds text not null,
  missing text not null,
  notes text not null,
  -- The item it became, or, of 'known', the one that had its bytes or words before.
  state text not null check (state in ('read', 'refused', 'known', 'handing', 'taken')),
  item text,
  -- Another page of the run whose words are nearly the same.
  nearly text,
  problem text,
  -- Decided about since it was read.
  stale boolean not null default false,
  -- Who handed it over, and whether to the reviewers.
  account text,
  submit boolean not null default false,
  primary key (site, run, number)
);
create index intake_page_received on intake_page (site, run, received_hash);
create index intake_page_state on intake_page (site, run, state);

-- What people decided, in order, and never changed: the last that fits a place counts.
create table intake_choice (
  site text not null,
  id integer not null,
  run integer not null,
  -- null: about all pages of the run.
  received_hash text,
  -- JSON, see the command.
  choice text not null,
  at text not null,
  account text not null,
  account_name text not null,
  primary key (site, id)
);
create index intake_choice_page on intake_choice (site, run, received_hash);
