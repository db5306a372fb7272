import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import type { Actor } from "../rbac/actor.ts";
import type { LeadUpdate } from "./lead.contract.ts";

/** What staff noted on leads before they were changed, all at one moment. Times are as the database prints them. */
export interface FormerLeads {
  changedAt: string;
  leads: FormerNotes[];
}

interface FormerNotes {
  domain_id: string;
  label: string | null;
  contacted_at: string | null;
  do_not_contact: boolean;
  edited_at: string | null;
  edited_by: string | null;
}

const updated = defineStatement(
  `with chosen as (
     select domain_id, label, contacted_at, do_not_contact, edited_at, edited_by from app.leads
     where domain_id = any(:domainIds::uuid[]) and tenant_id = :tenantId::uuid
     order by domain_id for no key update
   )
   update app.leads l
   set label = case when :labels::bool then :label::text else l.label end,
     contacted_at = case when :contacted::bool then coalesce(l.contacted_at, now())
       when not :contacted::bool then null else l.contacted_at end,
     do_not_contact = coalesce(:doNotContact::bool, l.do_not_contact),
     edited_at = now(), edited_by = :actorId::uuid, updated_at = now(), revision = pg_current_xact_id()
   from chosen where l.domain_id = chosen.domain_id
   returning l.domain_id, chosen.label, chosen.contacted_at, chosen.do_not_contact, chosen.edited_at, chosen.edited_by,
     l.edited_at as changed_at`,
  {
    domain_id: leads.domainId,
    label: leads.label,
    contacted_at: leads.contactedAt,
    do_not_contact: leads.doNotContact,
    edited_at: leads.editedAt,
    edited_by: leads.editedBy,
    changed_at: leads.editedAt,
  },
);

/**
 * Changes what staff noted on several leads of the caller's tenant, all at one moment, whatever stood there.
 * @returns what stood there, for `restoreLeads`
 */
export async function updateLeads(
  tx: Tx,
  actor: Pick<Actor, "id" | "tenantId">,
  domainIds: readonly string[],
  { label, contacted, doNotContact }: Omit<LeadUpdate["patch"], "note">,
): Promise<FormerLeads> {
  const rows = await executeRawSql(tx, updated, {
    domainIds,
    tenantId: actor.tenantId,
    actorId: actor.id,
    labels: label !== undefined,
    label: label ?? null,
    contacted: contacted ?? null,
    doNotContact: doNotContact ?? null,
  });
  return {
    changedAt: rows[0]?.changed_at ?? "",
    leads: rows.map(({ changed_at: _changedAt, ...former }) => former),
  };
}

// Of those that nobody else changed since: all of a change bear its moment.
const restored = defineStatement(
  `update app.leads l
   set label = former.label, contacted_at = former.contacted_at, do_not_contact = former.do_not_contact,
     edited_at = former.edited_at, edited_by = former.edited_by, updated_at = now(), revision = pg_current_xact_id()
   from (
     select former.* from jsonb_to_recordset(:former::jsonb->'leads') as former (domain_id uuid, label text, contacted_at timestamptz,
       do_not_contact boolean, edited_at timestamptz, edited_by uuid)
     join app.leads held on held.domain_id = former.domain_id and held.tenant_id = :tenantId::uuid
     order by former.domain_id for no key update of held
   ) former
   where l.domain_id = former.domain_id and l.edited_at = (:former::jsonb->>'changedAt')::timestamptz`,
);

/** Brings back what stood on leads before a change; what somebody changed since stays. */
export async function restoreLeads(tx: Tx, tenantId: string, former: FormerLeads): Promise<void> {
  await executeRawSql(tx, restored, { tenantId, former });
}
