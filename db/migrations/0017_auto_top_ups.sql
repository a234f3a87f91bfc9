-- Automatic top-up: rules and saved payment methods.
select 1;
