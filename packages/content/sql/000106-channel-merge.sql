-- A channel that was merged into another: what names it stands in the other. `into_channel` is never one that was merged itself.
create table channel_merge (
  site text not null,
  channel text not null,
  into_channel text not null,
  primary key (site, channel)
);

-- The tree is a few hundred rows of the listing.
create index listing_channels on listing (site, title) where kind = 'channel';

create function standing_channel(of_site text, named text) returns text language sql stable as $$
  select coalesce((select into_channel from channel_merge where site = of_site and channel = named), named)
$$;

create or replace function list_revision() returns trigger language plpgsql as $$
begin
  insert into listing (site, item, kind, state, number, title, channel, newest_state, author_name, changed_at)
  select new.site, new.item, new.kind, item.state, new.number,
    coalesce(listed_field(new.fields, 'title'), listed_field(new.fields, 'name'), new.item),
    standing_channel(new.site,
      coalesce(listed_field(new.fields, 'channel'), listed_field(new.fields, 'parent'), listed_field(new.fields, 'owner'))),
    new.state, new.author_name, new.created_at
  from item where item.site = new.site and item.id = new.item
  on conflict (site, item) do update set number = excluded.number, title = excluded.title, channel = excluded.channel,
    newest_state = excluded.newest_state, author_name = excluded.author_name, changed_at = excluded.changed_at
  where listing.number < excluded.number;
  -- Items that are put in whole, live before their revision is there.
  update listing set live_channel = standing_channel(new.site, listed_field(new.fields, 'channel')),
    live_date = listed_field(new.fields, 'date')
  from item
  where listing.site = new.site and listing.item = new.item and item.site = new.site and item.id = new.item
    and item.state = 'live' and item.live_revision = new.number;
  return null;
end
$$;

create or replace function list_item_state() returns trigger language plpgsql as $$
declare
  fields text;
begin
  if new.state = 'live' then
    select revision.fields into fields from revision
    where revision.site = new.site and revision.item = new.id and revision.number = new.live_revision;
  end if;
  update listing set state = new.state, live_channel = standing_channel(new.site, listed_field(fields, 'channel')),
    live_date = listed_field(fields, 'date')
  where site = new.site and item = new.id;
  return null;
end
$$;

-- What was merged stands in the other from that moment on.
create function list_merge() returns trigger language plpgsql as $$
begin
  update listing set live_channel = new.into_channel where site = new.site and live_channel = new.channel;
  update listing set channel = new.into_channel where site = new.site and channel = new.channel;
  return null;
end
$$;
create trigger merge_is_listed after insert or update on channel_merge for each row execute function list_merge();
