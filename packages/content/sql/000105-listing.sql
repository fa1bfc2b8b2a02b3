-- Each item as lists of the desk show it, by its newest revision: a few hundred bytes instead of whole texts. Derived, by triggers, so that
-- whatever writes a revision or a state cannot forget it. Sorted by code point, so that an index, a comparison and a page agree on
-- any database.
create table listing (
  site text not null,
  item text not null,
  kind text not null,
  -- What the public sees, as in `item`.
  state text not null,
  number integer not null,
  title text collate "C" not null,
  -- Where it stands: a document in its channel, a channel in its parent, a file in the one it belongs to.
  channel text,
  newest_state text not null,
  author_name text collate "C" not null,
  changed_at text collate "C" not null,
  -- Of a live item: where it stands for the public, and the day and minute it shows; null for kinds that show none.
  live_channel text,
  live_date text collate "C",
  primary key (site, item)
);

-- A member of the fields as text. What PostgreSQL cannot hold as text (a NUL, half a pair) is as if it were not there.
create function listed_field(fields text, name text) returns text language plpgsql immutable as $$
begin
  return fields::json ->> name;
exception when data_exception then
  return null;
end
$$;

insert into listing (site, item, kind, state, number, title, channel, newest_state, author_name, changed_at, live_channel, live_date)
select distinct on (item.site, item.id) item.site, item.id, item.kind, item.state, revision.number,
  coalesce(listed_field(fields, 'title'), listed_field(fields, 'name'), item.id),
  coalesce(listed_field(fields, 'channel'), listed_field(fields, 'parent'), listed_field(fields, 'owner')),
  revision.state, author_name, revision.created_at,
  (select listed_field(live.fields, 'channel') from revision as live
    where live.site = item.site and live.item = item.id and live.number = item.live_revision and item.state = 'live'),
  (select listed_field(live.fields, 'date') from revision as live
    where live.site = item.site and live.item = item.id and live.number = item.live_revision and item.state = 'live')
from item join revision on revision.site = item.site and revision.item = item.id
order by item.site, item.id, revision.number desc;

create index listing_by_change on listing (site, changed_at, item);
create index listing_by_title on listing (site, title, item);
create index listing_in_channel on listing (site, channel, changed_at, item);

create index listing_live on listing (site, live_channel, live_date) where live_channel is not null;
create index listing_unfinished on listing (site, channel) where newest_state not in ('approved', 'superseded', 'emergency');

create function list_revision() returns trigger language plpgsql as $$
begin
  insert into listing (site, item, kind, state, number, title, channel, newest_state, author_name, changed_at)
  select new.site, new.item, new.kind, item.state, new.number,
    coalesce(listed_field(new.fields, 'title'), listed_field(new.fields, 'name'), new.item),
    coalesce(listed_field(new.fields, 'channel'), listed_field(new.fields, 'parent'), listed_field(new.fields, 'owner')),
    new.state, new.author_name, new.created_at
  from item where item.site = new.site and item.id = new.item
  on conflict (site, item) do update set number = excluded.number, title = excluded.title, channel = excluded.channel,
    newest_state = excluded.newest_state, author_name = excluded.author_name, changed_at = excluded.changed_at
  where listing.number < excluded.number;
  -- Items that are put in whole, live before their revision is there.
  update listing set live_channel = listed_field(new.fields, 'channel'), live_date = listed_field(new.fields, 'date')
  from item
  where listing.site = new.site and listing.item = new.item and item.site = new.site and item.id = new.item
    and item.state = 'live' and item.live_revision = new.number;
  return null;
end
$$;
create trigger revision_is_listed after insert on revision for each row execute function list_revision();

create function list_revision_state() returns trigger language plpgsql as $$
begin
  update listing set newest_state = new.state where site = new.site and item = new.item and number = new.number;
  return null;
end
$$;
create trigger revision_state_is_listed after update of state on revision
  for each row when (old.state is distinct from new.state) execute function list_revision_state();

create function list_item_state() returns trigger language plpgsql as $$
declare
  fields text;
begin
  if new.state = 'live' then
    select revision.fields into fields from revision
    where revision.site = new.site and revision.item = new.id and revision.number = new.live_revision;
  end if;
  update listing set state = new.state, live_channel = listed_field(fields, 'channel'), live_date = listed_field(fields, 'date')
  where site = new.site and item = new.id;
  return null;
end
$$;
create trigger item_state_is_listed after update of state, live_revision on item
  for each row when (old.state is distinct from new.state or old.live_revision is distinct from new.live_revision)
  execute function list_item_state();
