-- Who opened a revision at the desk, and when first.
create table revision_seen (
  site text not null,
  item text not null,
  number integer not null,
  account text not null,
  at text not null,
  primary key (site, item, number, account),
  foreign key (site, item, number) references revision (site, item, number)
);
