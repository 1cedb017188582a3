-- Unqualified on purpose: the same script builds the live schema and the one a rebuild fills beside it.

create table position (
    only_row boolean primary key default true check (only_row),
    next_wanted bigint not null check (next_wanted >= 0)
);
insert into position (next_wanted) values (0);

-- Where to begin reading each partition; a hint only, the position decides what is new.
create table partition_offset (
    topic text not null,
    partition integer not null,
    next_offset bigint not null,
    primary key (topic, partition)
);

create table organization (
    id uuid primary key,
    slug text not null,
    name text not null,
    created_position bigint not null unique,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index organization_slug on organization (slug);

create table cluster (
    id uuid primary key,
    org_id uuid not null,
    name text not null,
    region text not null,
    k8s_version text not null,
    status text not null,
    status_message text,
    endpoint text,
    observed_kubernetes_version text,
    lb_subnet text,
    worker_subnet text,
    created_position bigint not null unique,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index cluster_org on cluster (org_id, created_position);
create index cluster_org_name on cluster (org_id, name);

create table node_pool (
    id uuid primary key,
    cluster_id uuid not null,
    name text not null,
    min_nodes integer not null,
    max_nodes integer not null,
    desired_nodes integer not null,
    vcpus integer not null,
    memory_gb integer not null,
    disk_gb integer not null,
    status text not null,
    status_message text,
    created_position bigint not null unique,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index node_pool_cluster on node_pool (cluster_id, created_position);

create table machine (
    id uuid primary key,
    cluster_id uuid not null,
    node_pool_id uuid,
    role text not null,
    name text not null,
    vm_id integer not null,
    status text not null,
    status_message text,
    address text,
    created_position bigint not null unique,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index machine_cluster on machine (cluster_id, created_position);
create index machine_pool on machine (node_pool_id, status);

create table timeline (
    position bigint primary key,
    event_id uuid not null unique,
    org_id uuid,
    cluster_id uuid,
    time timestamptz not null,
    recorded_time timestamptz not null,
    type text not null,
    actor_type text not null,
    actor text not null,
    subject text not null,
    stage text,
    sentence text not null
);
create index timeline_cluster on timeline (cluster_id, position) where cluster_id is not null;
create index timeline_org on timeline (org_id, position) where org_id is not null;
