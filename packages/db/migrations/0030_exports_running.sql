-- Exports that are under way are counted before another one begins; they are few among all that ever were.
create index exports_leased_idx on app.exports (leased_until) where status = 'running';
