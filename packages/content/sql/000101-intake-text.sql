-- The words of a taken-in page by their hash: the same article under another address is taken in once.
alter table intake add column text_hash text;
create index intake_by_text on intake (site, text_hash);
