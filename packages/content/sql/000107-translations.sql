-- Which revisions say that they translate an item; few do.
create index revision_translating on revision (site, (substring(fields from '"translates":"([a-z0-9-]+)"')))
  where fields like '%"translates":"%';
