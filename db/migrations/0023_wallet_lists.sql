-- The console's saved views of wallets. None of these indexes is on what a posting writes: an update of a balance stays on
-- its page (HOT), and no posting pays for them.

create index accounts_not_active on accounts (tenant_id, status, id desc) where status <> 'active';
create index accounts_overdrawing on accounts (tenant_id, id desc) where can_overdraw;
