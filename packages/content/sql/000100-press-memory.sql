-- What the press remembers between starts: how far it has come, what each page read, where each page stands.
-- A read has one answer at one time, so its hash is kept once, whoever made it.
create table press_state (
  site text primary key,
  seq bigint not null,
  theme text not null,
  root text not null
);

create table press_read (
  site text not null,
  key text not null,
  hash text not null,
  primary key (site, key)
);

-- `reads` and `paths` are JSON arrays of texts.
create table press_target (
  site text not null,
  target text not null,
  reads text not null,
  paths text not null,
  primary key (site, target)
);
