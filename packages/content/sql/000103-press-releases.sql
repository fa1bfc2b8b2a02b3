-- When each release went live: rules of retention count from there. The releases themselves hold no time.
create table press_release (
  site text not null,
  release bigint not null,
  at timestamptz not null,
  primary key (site, release)
);
