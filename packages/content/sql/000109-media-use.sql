-- Which pictures and files each revision names. Derived, by a trigger, so that whatever writes a revision cannot forget it; a word
-- that only looks like one is harmless, since what is asked for is always a media item.
create table media_use (
  site text not null,
  media text not null,
  item text not null,
  number integer not null,
  primary key (site, media, item, number)
);

create function media_named(fields text) returns setof text language sql immutable as $$
  select (regexp_matches(fields, 'media:([a-z0-9-]+)', 'g'))[1]
  union
  select (regexp_matches(fields, '"(?:image|picture|video|captions|logo)":"([a-z0-9-]+)"', 'g'))[1]
  union
  select (regexp_matches(listed, '"([a-z0-9-]+)"', 'g'))[1]
  from (select (regexp_matches(fields, '"attachments":\[([^]]*)\]', 'g'))[1] as listed) as lists
$$;

insert into media_use (site, media, item, number)
select site, named, item, number from revision, media_named(fields) as named;

create function note_media_use() returns trigger language plpgsql as $$
begin
  insert into media_use (site, media, item, number)
  select new.site, named, new.item, new.number from media_named(new.fields) as named;
  return null;
end
$$;
create trigger revision_notes_media after insert on revision for each row execute function note_media_use();

create index listing_media on listing (site, changed_at, item) where kind = 'media';
