-- The append-only, hash-chained log of accepted commands. `at` is an ISO 8601 instant, kept as the very text that was hashed.
create table event (
  site text not null,
  seq bigint not null,
  at text not null,
  account text not null,
  command text not null,
  payload text not null,
  previous_hash text not null,
  hash text not null,
  primary key (site, seq)
);

create function event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the event log is append-only';
end
$$;

create trigger event_append_only before update or delete on event
  for each row execute function event_is_append_only();
create trigger event_no_truncate before truncate on event
  for each statement execute function event_is_append_only();

-- One row for each site: its lock makes commands of one site take their numbers one after another.
create table event_head (
  site text primary key,
  seq bigint not null,
  hash text not null
);

create table outbox (
  site text not null,
  seq bigint not null,
  item text not null,
  primary key (site, seq, item)
);

create table refusal (
  id bigint generated always as identity primary key,
  site text not null,
  at text not null,
  account text not null,
  command text not null,
  code text not null
);
create index refusal_by_site on refusal (site, id);
