import type { Apart } from "../session/scope/apart.ts";
import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";

/** How often it is looked at what a run has written, milliseconds. */
const LOOK_MS = 200;

/** What a run may use, as its connection tells it. */
export interface Held {
  pid: number;
  /** Holds the server to the limit, within a transaction; undefined where this login may not set it, or a lower one holds. */
  set: string | undefined;
  /** Whether the server holds it. */
  byServer: boolean;
}

/** @param bytes of temporary files, which a statement writes for what it sorts and joins beyond its memory */
export async function findHeld(
  connection: Apart,
  bytes: number,
  how: { timeoutMs: number },
): Promise<Held> {
  const kilobytes = Math.ceil(bytes / 1024);
  const [[pid, may, present] = []] = await connection.run(
    `select pg_catalog.pg_backend_pid(), pg_catalog.has_parameter_privilege('temp_file_limit', 'set'),
       (select setting::int from pg_catalog.pg_settings where name = 'temp_file_limit')`,
    how,
  );
  const isLower = Number(present) >= 0 && Number(present) <= kilobytes;
  return {
    pid: Number(pid),
    set: may === true && !isLower ? `set local temp_file_limit = ${kilobytes};` : undefined,
    byServer: may === true || isLower,
  };
}

/**
 * Looks at what a backend has written, and tells when that is more than `bytes`; not where this login may not see it.
 * @returns ends it
 */
export function watchTemporary(
  executor: Executor,
  { pid, bytes }: { pid: number; bytes: number },
  tell: () => void,
): () => void {
  const looking = setInterval(() => {
    executeRawSqlOne<{ written: string }>(
      executor,
      `select coalesce(sum(size), 0)::text as written from pg_ls_tmpdir()
       where name like 'pgsql\\_tmp' || :pid || '.%'`,
      { pid: String(pid) },
    ).then(
      (row) => Number(row?.written) > bytes && tell(),
      // The deadline of the run ends it all the same.
      () => clearInterval(looking),
    );
  }, LOOK_MS);
  return () => clearInterval(looking);
}
