-- What a site decides about its checks: canonical JSON, and its hash for those who change what they saw.
create table check_settings (
  site text primary key,
  settings text not null,
  hash text not null,
  changed_at text not null,
  changed_by text not null,
  changed_by_name text not null
);

-- A finding that may stand, and why. It is named by rule, field and words, so it holds while the passage stands.
create table overrule (
  site text not null,
  item text not null,
  finding text not null,
  rule text not null,
  field text not null,
  -- Numbers of persons are masked.
  shown text not null,
  reason text not null,
  account text not null,
  name text not null,
  at text not null,
  primary key (site, item, finding),
  foreign key (site, item) references item (site, id)
);

-- Prints of what was submitted last, or is live, of each item; derived, and made again where they are missing.
create table text_print (
  site text not null,
  item text not null,
  number integer not null,
  date text not null,
  title text not null,
  -- Empty where the text is too short to be told apart.
  print text not null,
  primary key (site, item),
  foreign key (site, item) references item (site, id)
);

-- Names under which nearly equal texts find each other.
create table text_band (
  site text not null,
  band text not null,
  item text not null,
  primary key (site, band, item),
  foreign key (site, item) references text_print (site, item) on delete cascade
);
create index text_band_of on text_band (site, item);
