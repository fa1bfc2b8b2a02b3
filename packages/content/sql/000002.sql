-- The channel a document's address stands in, so that moving or closing a channel looks only at what is in it.
alter table address add column channel text;
update address set channel = substring(revision.fields from '"channel":"([a-z0-9-]+)"')
from item join revision
  on revision.site = item.site and revision.item = item.id and revision.number = item.live_revision
where address.current and item.site = address.site and item.id = address.item and item.kind <> 'channel';
create index address_in_channel on address (site, channel) where current;
