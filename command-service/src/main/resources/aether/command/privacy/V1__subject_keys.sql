-- The keys of the data subjects, apart from the log: who destroys a row here has forgotten somebody there.
create table privacy.subject_keys (
    subject    uuid not null,
    number     integer not null,
    generation integer not null,
    erasing    boolean not null default false,
    lookup     bytea not null,
    pseudonym  text collate "C" not null,
    wrapped    bytea not null,
    principal  bytea not null,
    created_at timestamp with time zone not null,
    used_at    timestamp with time zone not null,
    constraint subject_keys_key primary key (subject),
    constraint subject_keys_lookup unique (lookup),
    constraint subject_keys_pseudonym unique (pseudonym),
    constraint subject_keys_number check (number >= 1 and generation >= 1)
);

comment on column privacy.subject_keys.lookup is 'HMAC of kind, scope and name under the master key: finds a row, names nobody';
comment on column privacy.subject_keys.wrapped is 'The subject''s secret under the master key, which is not in this database';
comment on column privacy.subject_keys.principal is 'Who it is, under the subject''s own key';
comment on column privacy.subject_keys.erasing is 'Set before the log says that the subject is erased; a start looks here for what was begun';

-- What was destroyed and when; no word about whom.
create table privacy.destroyed_keys (
    subject      uuid not null,
    number       integer not null,
    destroyed_at timestamp with time zone not null,
    generation   integer not null,
    constraint destroyed_keys_key primary key (subject, number)
);

-- Command-service's role alone; readers of the log see nothing of this.
revoke all on table privacy.subject_keys, privacy.destroyed_keys from public;
grant usage on schema privacy to aether_appender;
grant select, insert, update, delete on table privacy.subject_keys to aether_appender;
grant select, insert on table privacy.destroyed_keys to aether_appender;
