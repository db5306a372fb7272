-- Which span asked for a job, where spans are kept: so that what a worker does for it is of the same trace. Null elsewhere.
alter table app.scrape_jobs add column traceparent text;
