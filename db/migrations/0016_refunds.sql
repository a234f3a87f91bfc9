-- Refunds of top-ups and payouts of what a close leaves due.
select 1;
