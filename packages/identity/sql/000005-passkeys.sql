create table passkey (
  id text primary key,
  account text not null references identity_user ("id") on delete cascade,
  name text not null,
  public_key text not null,
  -- How often it was used, by its own count; 0 for those that do not count.
  counter bigint not null,
  transports text not null,
  added_at text not null,
  used_at text
);
create index passkey_account on passkey (account);

-- What a passkey is asked to sign: once, within minutes. `account` is whose new passkey it is for; null: for signing in.
create table passkey_challenge (
  token_hash text primary key,
  challenge text not null,
  account text references identity_user ("id") on delete cascade,
  expires_at text not null
);
create index passkey_challenge_expires_at on passkey_challenge (expires_at);
