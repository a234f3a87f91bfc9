-- Promotions, and what reports read.
select 1;
