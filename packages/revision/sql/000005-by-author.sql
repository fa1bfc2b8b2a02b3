-- Whose work a revision may hold, and what somebody has not finished, were looked for in all revisions there ever were.
create index revision_by_author on revision (site, author, item, number);
