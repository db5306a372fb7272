-- What all apis count together. Not logged: a count costs no write to the log that a disk would be waited for, and after a
-- crash of the server everybody begins anew.

-- The columns are those of rate-limiter-flexible; expire is milliseconds since 1970.
create unlogged table app.rate_limits (
  key text not null,
  points integer not null default 0,
  expire bigint,
  constraint rate_limits_pkey primary key (key)
) with (fillfactor = 70);
create index rate_limits_expire_idx on app.rate_limits (expire);

-- The streams that a caller has open, each in one of the caller's places. An api that dies leaves its places to their end.
create unlogged table app.stream_places (
  holder text not null,
  place integer not null,
  stream uuid not null,
  ends_at timestamptz not null,
  constraint stream_places_pkey primary key (holder, place)
);
create index stream_places_stream_idx on app.stream_places (stream);

create index idempotency_keys_created_at_idx on app.idempotency_keys (created_at);
