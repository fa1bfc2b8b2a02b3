-- Accounts and sessions, in the shape better-auth works with; the names of columns are its own.
create table identity_user (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null,
  "username" text unique,
  "displayUsername" text
);

create table identity_session (
  "id" text not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references identity_user ("id") on delete cascade
);
create index identity_session_user on identity_session ("userId");

create table identity_account (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references identity_user ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null
);
create index identity_account_user on identity_account ("userId");

create table identity_verification (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create index identity_verification_identifier on identity_verification ("identifier");

-- What an account may do on a site.
create table role_grant (
  site text not null,
  account text not null references identity_user ("id") on delete cascade,
  role text not null,
  granted_by text not null,
  at text not null,
  primary key (site, account, role)
);

-- Failed sign-ins in a row by account name, known or not, so that guessing slows down and tells nothing.
create table sign_in_failure (
  username text primary key,
  failures integer not null,
  last_at text not null
);
