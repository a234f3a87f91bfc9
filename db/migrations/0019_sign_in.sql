-- Signing in to the console: sessions, second factor, invitations, resets.
select 1;
