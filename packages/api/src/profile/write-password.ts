import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";

const replaced = defineStatement(
  `with gone as (delete from app.accounts where user_id = :personId::uuid and provider_id = 'credential')
   insert into app.accounts (id, user_id, account_id, provider_id, password)
   values (gen_random_uuid(), :personId::uuid, :personId, 'credential', :hash)`,
);

/** Gives a person this password in the place of another one. */
export async function writePassword(
  tx: Tx,
  { personId, hash }: { personId: string; hash: string },
): Promise<void> {
  await executeRawSql(tx, replaced, { personId, hash });
}
