-- When somebody began to forget the subject: set before the log says so, and a start looks here for what was begun.
alter table privacy.subject_keys drop column erasing;
alter table privacy.subject_keys add column erasing_since timestamp with time zone;
create index subject_keys_erasing on privacy.subject_keys (erasing_since) where erasing_since is not null;

-- Whether the log says that the key is gone; until then a start goes on.
alter table privacy.destroyed_keys add column recorded boolean not null default false;
create index destroyed_keys_unrecorded on privacy.destroyed_keys (destroyed_at) where not recorded;
grant update (recorded) on table privacy.destroyed_keys to aether_appender;
