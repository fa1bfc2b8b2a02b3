-- By what the compressed forms in the remembered release were made: another compressor makes other bytes of the same page.
alter table press_state add column compressor text not null default '';
