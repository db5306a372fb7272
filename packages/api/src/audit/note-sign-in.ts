import type { Executor, Reader } from "@scrapersky/db";
import { users } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { noteCounted } from "./note-counted.ts";

/** Notes who signed in, and from where. */
export async function noteSignIn(
  executor: Executor & Reader,
  { email, address, requestId }: { email: string; address: string; requestId: string },
): Promise<void> {
  const [user] = await executor
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.trim().toLowerCase()))
    .limit(1);
  if (!user) return;
  await noteCounted(executor, {
    who: user.id,
    tenantId: null,
    actorId: user.id,
    action: "sign-in",
    target: { type: "profile", id: user.id },
    outcome: "done",
    requestId,
    source: "sign-in",
    detail: { address },
  });
}
