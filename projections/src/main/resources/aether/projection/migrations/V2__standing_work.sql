-- What of a cluster does not go on, as JSON: a handful of entries that are only ever read together.
alter table cluster add column standing text not null default '[]';
