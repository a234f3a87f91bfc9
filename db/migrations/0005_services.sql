-- Client services: a named rule set with versions.
select 1;
