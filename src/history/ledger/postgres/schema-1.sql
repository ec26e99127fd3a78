-- Byte order, whatever the database's own: the program sorts that way, too.
create table handbill.editions (
    conference text collate "C" not null,
    number bigint not null check (number > 0),
    published timestamptz,
    source text not null,
    digest text not null,
    note text,
    primary key (conference, number)
);

-- `text`, and not `jsonb`: what was written is what is read, byte for byte.
create table handbill.pieces (
    conference text collate "C" not null,
    kind text collate "C" not null,
    key text collate "C" not null,
    since bigint not null,
    until bigint check (until > since),
    body text not null,
    primary key (conference, kind, key, since),
    foreign key (conference, since) references handbill.editions (conference, number)
);

-- A piece has one version that the newest edition shows, or none.
create unique index pieces_of_the_newest on handbill.pieces (conference, kind, key)
    where until is null;

create table handbill.notes (
    conference text collate "C" primary key,
    times bigint not null
);

create table handbill.held (
    conference text collate "C" primary key,
    digest text not null,
    since timestamptz not null,
    reasons text[] not null,
    verdict text not null check (verdict in ('pending', 'approved', 'discarded'))
);

create table handbill.notices (
    id bigserial primary key,
    conference text collate "C" not null,
    edition bigint not null,
    kind text not null,
    target text not null,
    body text not null,
    failures integer not null default 0,
    due timestamptz not null default '-infinity',
    claimed_until timestamptz not null default '-infinity'
);

create index notices_of_a_target on handbill.notices (target, id);

-- A moment from microseconds since 1970, and back: exact, and readable in the tables.
create function handbill.moment(micros bigint) returns timestamptz language sql immutable strict as
    $$ select timestamptz 'epoch' + micros * interval '1 microsecond' $$;

create function handbill.micros(moment timestamptz) returns bigint language sql immutable strict as
    $$ select (extract(epoch from moment) * 1000000)::bigint $$;
