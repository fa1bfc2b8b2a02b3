-- Since when a revision has waited for its next review, or for its writer: ISO 8601 instant in UTC. Null: since it was written.
alter table revision add column waits_since text;
update revision set waits_since = (
  select max(review.at) from review
  where review.site = revision.site and review.item = revision.item and review.number = revision.number)
where state in ('first-reviewed', 'second-reviewed', 'returned');

create index revision_waits on revision (site, state, coalesce(waits_since, created_at), item);

-- How many working days each step may take, where a site has its own.
create table review_times (
  site text primary key,
  first integer not null,
  second integer not null,
  final integer not null,
  rewrite integer not null,
  changed_at text not null,
  changed_by text not null,
  changed_by_name text not null
);

-- Who opened the preview of a revision, and the hash of the page that was shown first; the last time counts.
create table preview_seen (
  site text not null,
  item text not null,
  number integer not null,
  account text not null,
  name text not null,
  -- SHA-256 of the page; empty where the revision has none of its own.
  page text not null,
  at text not null,
  primary key (site, item, number, account),
  foreign key (site, item, number) references revision (site, item, number)
);

-- Remarks on passages. A passage is named by its words and where they began, so that it can be found in later revisions.
create table passage_comment (
  id bigint generated always as identity primary key,
  site text not null,
  item text not null,
  -- The revision it was made on.
  number integer not null,
  field text not null,
  quote text not null,
  -- In UTF-16 units of the field's words.
  place integer not null,
  remark text not null,
  account text not null,
  name text not null,
  at text not null,
  state text not null check (state in ('open', 'resolved')),
  resolved_at text,
  resolved_by text,
  resolved_by_name text,
  answer text,
  foreign key (site, item, number) references revision (site, item, number)
);
create index passage_comment_of on passage_comment (site, item);
