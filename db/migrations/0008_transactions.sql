-- What the lists of /api/v1 look journals up by. Partial: a wallet's debits without a client service are in neither, so
-- posting them costs what it did.

-- The newest under each version of a client service.
create index journals_by_service on journals (tenant_id, service_version_id, id desc)
  where service_version_id is not null;
-- A source_transaction_id without its account.
create index journals_by_source on journals (tenant_id, reference)
  where operation in ('transaction', 'transfer') and reference is not null;
