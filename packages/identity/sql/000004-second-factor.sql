-- How a session was begun, and whether with a second factor: without one, roles that need it are not in force.
alter table identity_session add column "secondFactor" boolean not null default false;
alter table identity_session add column "method" text not null default 'password';
alter table identity_session add column "begunAt" text;

-- The secret is encrypted with the installation's key. `last_step` is the newest thirty seconds a code was taken for: no code counts twice.
create table totp_secret (
  account text primary key references identity_user ("id") on delete cascade,
  secret text not null,
  made_at text not null,
  confirmed_at text,
  last_step bigint not null default 0
);

create table recovery_code (
  account text not null references identity_user ("id") on delete cascade,
  hash text not null,
  used_at text,
  primary key (account, hash)
);

-- Who has shown one thing and must show another: kept by the hash of a cookie, for minutes.
create table sign_in_step (
  token_hash text primary key,
  account text not null references identity_user ("id") on delete cascade,
  method text not null,
  expires_at text not null
);
create index sign_in_step_expires_at on sign_in_step (expires_at);
