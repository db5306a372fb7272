import { defineStatement, type Executor, executeRawSql } from "@scrapersky/db";

const used = defineStatement(
  `update app.api_keys set last_used_at = now()
   where id = :keyId::uuid and coalesce(last_used_at < now() - interval '1 minute', true)`,
);

/** Notes that a key was used, at most once a minute. One statement, so it needs no transaction. */
export async function noteApiKeyUse(executor: Executor, keyId: string): Promise<void> {
  await executeRawSql(executor, used, { keyId });
}
