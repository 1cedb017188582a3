-- The event log: one dense, totally ordered sequence. Columns are in this order to leave no padding between them.
create table log.events (
    position         bigint not null,
    sequence         bigint not null,
    recorded_micros  bigint not null,
    revision         integer not null,
    envelope_version integer not null,
    event_id         uuid not null,
    command_id       uuid,
    stream           text collate "C" not null,
    type             text collate "C" not null,
    payload          bytea not null,
    metadata         bytea not null,
    constraint events_position primary key (position),
    constraint events_stream_sequence unique (stream, sequence),
    constraint events_from_zero check (position >= 0 and sequence >= 0 and revision >= 1)
);

-- Law 5: the id of a command stands on its first event only, so one entry per command tells repeats.
create unique index events_command on log.events (command_id) where command_id is not null;

comment on table log.events is 'Append only, through log.append; position is dense, from 0, in commit order';
comment on column log.events.command_id is 'Id of the command, on the first event of the command only';

-- lz4 halves the time that large payloads hold the log; not every server was built with it.
do $$
begin
    if exists (select from pg_catalog.pg_settings
               where name = 'default_toast_compression' and 'lz4' = any (enumvals)) then
        alter table log.events alter column payload set compression lz4;
        alter table log.events alter column metadata set compression lz4;
    end if;
end
$$;

-- The log's clock, apart so that a test can step it.
create function log.clock_micros() returns bigint
    language sql volatile
    set search_path = pg_catalog, pg_temp
    as $$ select (extract(epoch from clock_timestamp()) * 1000000)::bigint $$;

-- Stores a batch of commands in one round trip: every command wholly or not at all, a loser costs only itself.
--
-- One array element per event. p_commands is the ordinal of the event's command in the batch; p_heads marks the first
-- event of each stream within a command; p_command_ids is set on a command's first event only. A batch must hold at
-- most one command per stream and per command id, and within a command the events of a stream follow each other.
-- p_follows says whether any head has a predecessor to look for.
--
-- Winners lie at base, base + 1, ... in the order given. The advisory lock ends with the transaction, after its commit
-- record is flushed, therefore position order is commit order and a rollback spends nothing. The lock is a statement
-- of its own: in READ COMMITTED the next statement sees everything committed before the lock was ours.
create function log.append(
        p_commands integer[], p_heads boolean[], p_streams text[], p_sequences bigint[], p_event_ids uuid[],
        p_types text[], p_revisions integer[], p_envelope_versions integer[], p_payloads bytea[], p_metadata bytea[],
        p_command_ids uuid[], p_follows boolean,
        out base bigint, out recorded bigint, out clock bigint,
        out losers integer[], out loser_streams text[], out loser_next bigint[],
        out duplicates integer[], out duplicate_positions bigint[])
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
declare
    careful boolean := false;
    last_recorded bigint;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'Expected isolation read committed, but it is %', current_setting('transaction_isolation')
            using errcode = 'invalid_transaction_state';
    end if;

    perform pg_advisory_xact_lock(1097168978, 1);

    select e.position + 1, e.recorded_micros into base, last_recorded
        from log.events e order by e.position desc limit 1;
    base := coalesce(base, 0);
    clock := log.clock_micros();
    recorded := greatest(clock, coalesce(last_recorded, clock));

    -- The optimistic insert finds a taken number by the unique key, but not a skipped one.
    if p_follows then
        careful := exists (
            select from unnest(p_heads, p_streams, p_sequences) as n (head, stream, sequence)
            where n.head and n.sequence > 0
              and (select p.position from log.events p
                   where p.stream = n.stream and p.sequence = n.sequence - 1) is null);
    end if;

    if not careful then
        begin
            insert into log.events (position, sequence, recorded_micros, revision, envelope_version, event_id,
                                    command_id, stream, type, payload, metadata)
            select base + n.o - 1, n.sequence, recorded, n.revision, n.envelope_version, n.event_id,
                   n.command_id, n.stream, n.type, n.payload, n.metadata
            from unnest(p_streams, p_sequences, p_event_ids, p_types, p_revisions, p_envelope_versions,
                        p_payloads, p_metadata, p_command_ids) with ordinality
                as n (stream, sequence, event_id, type, revision, envelope_version,
                      payload, metadata, command_id, o);
        exception when unique_violation then
            careful := true;
        end;
    end if;
    if not careful then
        return;
    end if;

    -- Somebody repeats or loses. Nothing can change under the lock, so: name them, store the others.
    select array_agg(d.command), array_agg(d.position) into duplicates, duplicate_positions
    from (select n.command, (select e.position from log.events e where e.command_id = n.command_id) as position
          from unnest(p_commands, p_command_ids) as n (command, command_id)
          where n.command_id is not null) d
    where d.position is not null;
    duplicates := coalesce(duplicates, '{}');

    select array_agg(l.command), array_agg(l.stream), array_agg(l.next) into losers, loser_streams, loser_next
    from (select distinct on (h.command) h.command, h.stream, h.next
          from (select n.command, n.stream, n.sequence,
                       coalesce((select max(e.sequence) + 1 from log.events e where e.stream = n.stream), 0) as next
                from unnest(p_commands, p_heads, p_streams, p_sequences) as n (command, head, stream, sequence)
                where n.head and n.command <> all (duplicates)) h
          where h.sequence <> h.next
          order by h.command, h.stream) l;
    losers := coalesce(losers, '{}');

    insert into log.events (position, sequence, recorded_micros, revision, envelope_version, event_id,
                            command_id, stream, type, payload, metadata)
    select base + row_number() over (order by n.o) - 1, n.sequence, recorded, n.revision, n.envelope_version,
           n.event_id, n.command_id, n.stream, n.type, n.payload, n.metadata
    from unnest(p_commands, p_streams, p_sequences, p_event_ids, p_types, p_revisions, p_envelope_versions,
                p_payloads, p_metadata, p_command_ids) with ordinality
        as n (command, stream, sequence, event_id, type, revision, envelope_version,
              payload, metadata, command_id, o)
    where n.command <> all (duplicates) and n.command <> all (losers);
end
$$;

-- Law 1: one appender; everybody else reads or sees nothing. Nobody but the owner may insert, update or delete.
revoke all on table log.events from public;
revoke all on function log.clock_micros() from public;
revoke all on function log.append(integer[], boolean[], text[], bigint[], uuid[], text[], integer[], integer[],
                                  bytea[], bytea[], uuid[], boolean) from public;
grant usage on schema log to aether_appender, aether_reader, aether_saga;
grant select on table log.events to aether_appender, aether_reader, aether_saga;
grant execute on function log.append(integer[], boolean[], text[], bigint[], uuid[], text[], integer[], integer[],
                                     bytea[], bytea[], uuid[], boolean) to aether_appender;
