-- Collection: what the console reads of payments.
select 1;
