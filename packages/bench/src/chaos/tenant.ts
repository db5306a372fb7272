import { createServiceKey, createTenant } from "@scrapersky/api/services";
import type { Database } from "@scrapersky/db";
import { installQueue } from "@scrapersky/queue";

/** Makes the queue and one tenant; a key of it that may create batches and read them. */
export async function prepareTenant(direct: Database): Promise<string> {
  await installQueue(direct);
  const author = { actor: null, source: "cli" } as const;
  return direct.db.transaction(async (tx) => {
    const { id: tenantId } = await createTenant(tx, author, { name: "Chaos" });
    const scopes = ["batches:create", "batches:read"];
    const { key } = await createServiceKey(tx, author, { tenantId, name: "chaos", scopes });
    return key;
  });
}
