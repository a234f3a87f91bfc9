-- What lists and look-ups of transactions need.
select 1;
