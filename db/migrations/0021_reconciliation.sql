-- Reconciliation and search.
select 1;
