-- Approvals: requests, decisions, policies.
select 1;
