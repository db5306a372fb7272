-- How many visits of all workers are at a network address, each in one of its places, and hosts that have to be left alone for
-- longer than usual. Not logged: after a crash of the server the workers take their places anew.

create unlogged table app.network_places (
  address text not null,
  place integer not null,
  worker text not null,
  -- From then on anybody may have it.
  ends_at timestamptz not null,
  -- Before then nothing is to be asked for from it.
  free_at timestamptz,
  constraint network_places_pkey primary key (address, place)
) with (fillfactor = 70);
create index network_places_worker_idx on app.network_places (worker);

create unlogged table app.host_pauses (
  host text not null,
  free_at timestamptz not null,
  constraint host_pauses_pkey primary key (host)
);
