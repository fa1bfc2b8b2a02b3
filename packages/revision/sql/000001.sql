create table item (
  site text not null,
  id text not null,
  kind text not null,
  created_at text not null,
  created_by text not null,
  -- never: no revision was approved yet. live, withdrawn: what the public may see.
  state text not null check (state in ('never', 'live', 'withdrawn')),
  live_revision integer,
  withdrawn_on text,
  withdrawal_reason text,
  primary key (site, id)
);
create index item_by_kind on item (site, kind, id);

create table revision (
  site text not null,
  item text not null,
  number integer not null,
  kind text not null,
  hash text not null,
  -- Canonical JSON: the very text the hash was made of, fields only.
  fields text not null,
  author text not null,
  author_name text not null,
  created_at text not null,
  state text not null check (state in ('draft', 'submitted', 'first-reviewed', 'second-reviewed', 'approved', 'returned', 'superseded')),
  primary key (site, item, number),
  foreign key (site, item) references item (site, id)
);
create index revision_waiting on revision (site, state, created_at);

create table review (
  site text not null,
  item text not null,
  number integer not null,
  stage text not null check (stage in ('first', 'second', 'final')),
  account text not null,
  name text not null,
  hash text not null,
  decision text not null check (decision in ('approve', 'return')),
  comment text,
  at text not null,
  -- Each stage is decided once, and nobody decides two stages of one revision: the database holds it too.
  primary key (site, item, number, stage),
  unique (site, item, number, account),
  foreign key (site, item, number) references revision (site, item, number)
);
