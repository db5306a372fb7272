import { defineStatement, type Executor, executeRawSql } from "@scrapersky/db";
import { hostPauses } from "@scrapersky/db/schema";

export interface HostPause {
  host: string;
  pauseMs: number;
}

const set = defineStatement(
  `insert into app.host_pauses (host, free_at)
   select asked.host, now() + max(asked.pause_ms) * interval '1 millisecond'
   from unnest(:hosts::text[], :pauses::int[]) asked (host, pause_ms)
   group by asked.host order by asked.host
   on conflict (host) do update set free_at = greatest(host_pauses.free_at, excluded.free_at)`,
);

const found = defineStatement(
  `select host, ceil(extract(epoch from free_at - now()) * 1000)::int as pause_ms
   from app.host_pauses where host = any(:hosts::text[]) and free_at > now()`,
  { host: hostPauses.host, pause_ms: "int4" },
);

/** Has hosts left alone by all workers for so many milliseconds from now. */
export async function pauseHosts(executor: Executor, pauses: readonly HostPause[]): Promise<void> {
  await executeRawSql(executor, set, {
    hosts: pauses.map(({ host }) => host),
    pauses: pauses.map(({ pauseMs }) => Math.ceil(pauseMs)),
  });
}

/** Those of the hosts that have to be left alone, and for how long. */
export async function findHostPauses(
  executor: Executor,
  hosts: readonly string[],
): Promise<HostPause[]> {
  const rows = await executeRawSql(executor, found, { hosts });
  return rows.map(({ host, pause_ms }) => ({ host, pauseMs: pause_ms }));
}
