-- Which sites know an account: a site's administrator sees and manages these and no others.
create table site_account (
  site text not null,
  account text not null references identity_user ("id") on delete cascade,
  added_by text not null,
  at text not null,
  primary key (site, account)
);
create index site_account_account on site_account (account);
insert into site_account (site, account, added_by, at)
  select site, account, min(granted_by), min(at) from role_grant group by site, account;

-- Old failures are forgotten; guesses at a million names must not stay for ever.
create index sign_in_failure_last_at on sign_in_failure (last_at);
