-- The audit log is chained.
select 1;
