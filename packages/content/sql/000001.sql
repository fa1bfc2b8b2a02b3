-- Every address an item ever had. Addresses are never given to another item, so that old links never mislead.
create table address (
  site text not null,
  path text not null,
  item text not null,
  current boolean not null,
  primary key (site, path)
);
create unique index address_current on address (site, item) where current;
create index address_by_item on address (site, item);

-- Where a taken-in item came from: the received bytes by hash, and what mending did to them.
create table intake (
  site text not null,
  received_hash text not null,
  item text not null,
  number integer not null,
  name text not null,
  mender text not null,
  -- Canonical JSON of the mender's plan and alarms, and of the decisions people took.
  plan text not null,
  alarms text not null,
  decisions text not null,
  at text not null,
  primary key (site, received_hash)
);
create index intake_by_item on intake (site, item);
