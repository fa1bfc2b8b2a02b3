-- An account elsewhere that signs its owner in here: by the issuer's own name for them, never by a mail address.
create table oidc_link (
  issuer text not null,
  subject text not null,
  account text not null references identity_user ("id") on delete cascade,
  shown text not null,
  linked_at text not null,
  primary key (issuer, subject),
  unique (issuer, account)
);

-- A round trip to the issuer, by the hash of its cookie: once, within minutes. `account` is whose link it shall make; null: it signs in.
create table oidc_trip (
  token_hash text primary key,
  state text not null,
  nonce text not null,
  verifier text not null,
  account text references identity_user ("id") on delete cascade,
  next text not null,
  expires_at text not null
);
create index oidc_trip_expires_at on oidc_trip (expires_at);
