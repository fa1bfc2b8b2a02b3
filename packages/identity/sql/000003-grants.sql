-- A role is held for the whole site ('') or for a channel and everything below it.
alter table role_grant add column channel text not null default '';
alter table role_grant drop constraint role_grant_pkey;
alter table role_grant add primary key (site, account, role, channel);
create index role_grant_account on role_grant (account);

-- Channels and site settings were the writers' until now; who could change them still can.
insert into role_grant (site, account, role, granted_by, at)
  select site, account, 'channel-editor', granted_by, at from role_grant where role = 'writer';
