-- Revisions that went live by a standing order: the site settings that three people approved say what, and at what time of each day.
create table standing_publication (
  site text not null,
  item text not null,
  number integer not null,
  -- The revision of the site settings that ordered it, and its hash.
  ordered_by text not null,
  order_hash text not null,
  -- The last civil day that is counted.
  up_to text not null,
  at text not null,
  primary key (site, item, number),
  foreign key (site, item, number) references revision (site, item, number)
);
create index standing_publication_day on standing_publication (site, up_to);
