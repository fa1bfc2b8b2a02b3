-- A redirect is called by the address it leads from, the home page by what it is.
create or replace function list_revision() returns trigger language plpgsql as $$
begin
  insert into listing (site, item, kind, state, number, title, channel, newest_state, author_name, changed_at)
  select new.site, new.item, new.kind, item.state, new.number,
    coalesce(listed_field(new.fields, 'title'), listed_field(new.fields, 'name'), listed_field(new.fields, 'from'),
      case when new.kind = 'home' then '首页版面' end, new.item),
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
