-- What long-running processes keep beside the log: tokens, sagas, deadlines, leases. Names are ours, shapes are Axon's
-- and db-scheduler's, and every lookup they make has its index.
create table process.tokens (
    processor_name text not null,
    segment        integer not null,
    token          bytea,
    token_type     text,
    stamp          text,
    owner          text,
    constraint tokens_key primary key (processor_name, segment)
);

create table process.sagas (
    saga_id    text collate "C" not null,
    saga_type  text collate "C" not null,
    revision   text,
    body       bytea not null,
    constraint sagas_key primary key (saga_id)
);

-- The key serves the lookup by value that every event makes, and makes a repeated insert visible.
create table process.saga_associations (
    saga_type         text collate "C" not null,
    association_key   text collate "C" not null,
    association_value text collate "C" not null,
    saga_id           text collate "C" not null,
    constraint saga_associations_key primary key (saga_type, association_key, association_value, saga_id)
);
create index saga_associations_saga on process.saga_associations (saga_id, saga_type);

create table process.scheduled_tasks (
    task_name            text not null,
    task_instance        text not null,
    task_data            bytea,
    execution_time       timestamp with time zone not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp with time zone,
    version              bigint not null,
    priority             smallint,
    constraint scheduled_tasks_key primary key (task_name, task_instance)
);
create index scheduled_tasks_due on process.scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on process.scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on process.scheduled_tasks (priority desc, execution_time asc);

-- Law 10: one worker per tenant. A row is never deleted, so that its epoch never starts again.
create table process.leases (
    tenant     text collate "C" not null,
    holder     text not null,
    epoch      bigint not null,
    expires_at timestamp with time zone not null,
    constraint leases_key primary key (tenant),
    constraint leases_epoch check (epoch >= 1)
);

grant usage on schema process to aether_saga;
grant select, insert, update, delete on process.tokens, process.sagas, process.saga_associations,
    process.scheduled_tasks to aether_saga;
grant select, insert, update on process.leases to aether_saga;
