-- Alerts of a wallet, and a debit alone in its batch.
select 1;
