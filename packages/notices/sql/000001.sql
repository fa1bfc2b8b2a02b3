-- Where somebody wants to be told of what waits for them. Empty: not that way.
create table notice_choice (
  site text not null,
  account text not null,
  mail text not null,
  webhook text not null,
  -- Signs what is sent to the webhook; shown once.
  secret text not null,
  changed_at text not null,
  primary key (site, account)
);

-- How far the events have been looked at.
create table notice_head (
  site text primary key,
  seq bigint not null
);

-- What is to be told, and what became of it.
create table notice (
  id bigint generated always as identity primary key,
  site text not null,
  -- The event it tells of; one way tells one account of an event once.
  seq bigint not null,
  account text not null,
  way text not null check (way in ('mail', 'webhook')),
  -- JSON: what waits or happened, its title, its address at the desk.
  content text not null,
  state text not null check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null,
  -- ISO 8601 instant in UTC.
  next_at text not null,
  problem text,
  unique (site, seq, account, way)
);
create index notice_due on notice (site, next_at) where state = 'waiting';
