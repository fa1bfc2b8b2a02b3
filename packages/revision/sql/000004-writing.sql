-- What somebody types, before it is a revision: theirs alone, overwritten as they go on, gone when they save.
create table writing (
  site text not null,
  item text not null,
  account text not null,
  name text not null,
  kind text not null,
  -- The revision it grew from; null for none.
  base integer,
  -- JSON: the fields as they stand in the form, and, where they could be read as fields of the kind, those.
  typed text not null,
  fields text,
  -- By the writer's own clock, ISO 8601 in UTC: compared only with what the same person kept elsewhere.
  typed_at text not null,
  kept_at text not null,
  primary key (site, item, account)
);
create index writing_of on writing (site, account, kept_at);

-- Who writes in an item now. An item may have no row yet: its first revision is being written.
create table item_lease (
  site text not null,
  item text not null,
  account text not null,
  name text not null,
  -- One window of theirs.
  tab text not null,
  -- ISO 8601 instant in UTC, renewed while they write.
  until text not null,
  primary key (site, item)
);
