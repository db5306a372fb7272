import { defineStatement, type Executor, executeRawSql } from "@scrapersky/db";

const noted = defineStatement(
  `insert into app.audit_log as log (tenant_id, actor_id, action, target_type, target_id, request_id, source, detail, outcome, once)
   values (
     coalesce(:tenantId::uuid, (select p.tenant_id from profiles p where p.id = :actorId::uuid)), :actorId::uuid, :action,
     :targetType, :targetId, :requestId, :source, :detail::jsonb, :outcome,
     md5(:who) || ' ' || :action || ' ' || :outcome || ' ' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24 MI')
   )
   on conflict (once) do update set count = log.count + 1`,
);

/** What can be done again and again, and changes nothing. */
export interface Counted {
  /** Whose rows are counted together. */
  who: string;
  tenantId: string | null;
  actorId: string | null;
  action: string;
  target: { type: string; id: string } | null;
  outcome: "done" | "refused" | "failed";
  requestId: string;
  source: string;
  detail: Record<string, unknown>;
}

/** Writes a row of it, or counts it with the one of this minute: one statement, which stands by itself. */
export async function noteCounted(executor: Executor, counted: Counted): Promise<void> {
  const { target, detail, ...rest } = counted;
  await executeRawSql(executor, noted, {
    ...rest,
    targetType: target?.type ?? null,
    targetId: target?.id ?? null,
    detail: JSON.stringify(detail),
  });
}
