-- What an event tells of, read off its payload: the item it names, by itself or by a revision, and the account. A payload is canonical
-- JSON, where a quotation mark inside a text is escaped: these patterns find members of objects and never words.
alter table event
  add column item text generated always as (coalesce(
    substring(payload from '"item":"([a-z0-9-]+)"'),
    substring(payload from '"revision":"([a-z0-9-]+)[.][0-9]+"'),
    substring(payload from '"duplicateOf":"([a-z0-9-]+)"'))) stored,
  add column subject text generated always as (substring(payload from '"account":"([a-zA-Z0-9-]+)"')) stored;

create index event_of_item on event (site, item, seq) where item is not null;
create index event_by_account on event (site, account, seq);
create index event_of_subject on event (site, subject, seq) where subject is not null;
