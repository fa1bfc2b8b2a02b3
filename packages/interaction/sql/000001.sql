create table letter (
  site text not null,
  -- Public number of the letter, by year: 2026-000001.
  reference text not null,
  kind text not null,
  subject text not null,
  body text not null,
  -- Personal data: shown to the departments that answer, never published, never in an event.
  sender text not null,
  phone text,
  -- For a correction: the page and the words on it.
  page text,
  passage text,
  received_at text not null,
  received_on text not null,
  due_on text not null,
  state text not null check (state in ('received', 'answered')),
  department text,
  answer text,
  answered_at text,
  answered_on text,
  -- SHA-256 of the query code: the code itself is known to the sender alone.
  code_hash text not null,
  primary key (site, reference),
  unique (site, code_hash)
);
create index letter_open on letter (site, state, due_on, reference);

create table letter_number (
  site text not null,
  year integer not null,
  last integer not null,
  primary key (site, year)
);
