-- Daily totals of views: counted ones, and those reckoned from the access log. Derived numbers about nobody in particular.
create table view_total (
  site text not null,
  -- counted: by the page's script and the counter; log: again from the portal's access log.
  basis text not null check (basis in ('counted', 'log')),
  -- views, visits, visitors, page, section, device, origin, edition, left-out
  dimension text not null,
  -- What is counted within the dimension; empty where it has one number only.
  value text not null,
  -- Civil date in Asia/Shanghai.
  day text not null,
  count bigint not null,
  primary key (site, basis, dimension, value, day)
);
create index view_total_by_day on view_total (site, basis, dimension, day);

-- How far each counter's segments are in the totals: written in the same transaction, so that none counts twice.
create table view_segment (
  site text not null,
  counter text not null,
  last bigint not null,
  primary key (site, counter)
);
