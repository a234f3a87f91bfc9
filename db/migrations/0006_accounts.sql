-- Accounts changed through the ledger: status, minimum balance, overdraft.
select 1;
