-- How long the press took for a release, from the reading of what changed to its memory, and how many targets it rendered; not known of
-- those from before, nor of one that was put in force again.
alter table press_release add column ms integer;
alter table press_release add column rendered integer;
