import type { Tx } from "@scrapersky/db";
import { leadEmails, leadPhones, leads } from "@scrapersky/db/schema";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { changeLead, type LeadPlace } from "./change-lead.ts";
import { CHOSEN_BY_HAND } from "./hand-choice.ts";
import type { BestChoice, LeadNotes } from "./lead.contract.ts";
import { toBestEmail, toBestPhone, toNotes } from "./lead-detail.ts";

/** What a rule chose: its JSON, and the text in it that is the choice. */
const ruled = (json: SQL, name: "email" | "e164") => {
  const value = sql`(${json}) ->> ${sql.raw(`'${name}'`)}`;
  return {
    value,
    rule: sql`(${json}) ->> 'rule'`,
    by: sql`case when ${value} is not null then 'rule' end`,
  };
};

const EMAIL_RULE = ruled(
  sql`${leads.suggested} -> coalesce(
    (select s.best_email from app.tenant_settings s where s.tenant_id = ${leads.tenantId}), 'role')`,
  "email",
);
const PHONE_RULE = ruled(sql`${leads.suggested} -> 'phone'`, "e164");

/** What is best now, and the notes that the next change expects. */
export interface Chosen {
  best: BestChoice | null;
  notes: LeadNotes;
}

/**
 * Makes one of a lead's addresses its best one, whatever later scans find; or leaves it to the rule again.
 * @throws DomainError NOT_FOUND, CONFLICT; INVALID_INPUT for an address that the last scan did not find
 */
export async function chooseEmail(
  tx: Tx,
  caller: Caller,
  { email, ...place }: LeadPlace & { email: string | null },
): Promise<Chosen> {
  const value = email?.toLowerCase() ?? null;
  const { value: bestEmail, rule: bestEmailRule, by: bestEmailBy } = byHand(value) ?? EMAIL_RULE;
  const row = await changeLead(tx, caller, place, { bestEmail, bestEmailRule, bestEmailBy });
  if (value !== null) {
    const [known] = await tx
      .select({ email: leadEmails.email })
      .from(leadEmails)
      .where(
        and(
          eq(leadEmails.domainId, row.domainId),
          eq(leadEmails.tenantId, row.tenantId),
          eq(leadEmails.email, value),
          isNull(leadEmails.goneAt),
        ),
      );
    if (!known) throw notOfLead("email", "This is none of the lead's e-mail addresses.");
  }
  await auditChoice(tx, caller, "leads.chooseEmail", row.domainId, value);
  return { best: toBestEmail(row), notes: toNotes(row) };
}

/**
 * The same for a number, in E.164. Fax numbers are none to call.
 * @throws DomainError NOT_FOUND, CONFLICT; INVALID_INPUT
 */
export async function choosePhone(
  tx: Tx,
  caller: Caller,
  { e164, ...place }: LeadPlace & { e164: string | null },
): Promise<Chosen> {
  const { value: bestPhone, rule: bestPhoneRule, by: bestPhoneBy } = byHand(e164) ?? PHONE_RULE;
  const row = await changeLead(tx, caller, place, { bestPhone, bestPhoneRule, bestPhoneBy });
  if (e164 !== null) {
    const [known] = await tx
      .select({ e164: leadPhones.e164 })
      .from(leadPhones)
      .where(
        and(
          eq(leadPhones.domainId, row.domainId),
          eq(leadPhones.tenantId, row.tenantId),
          eq(leadPhones.e164, e164),
          eq(leadPhones.fax, false),
          isNull(leadPhones.goneAt),
        ),
      );
    if (!known) throw notOfLead("e164", "This is none of the lead's phone numbers.");
  }
  await auditChoice(tx, caller, "leads.choosePhone", row.domainId, e164);
  return { best: toBestPhone(row), notes: toNotes(row) };
}

const byHand = (value: string | null) =>
  value === null ? undefined : { value, rule: CHOSEN_BY_HAND, by: "hand" as const };

const notOfLead = (field: string, message: string): DomainError =>
  new DomainError("INVALID_INPUT", message, { fieldErrors: { [field]: message } });

/** The log tells that somebody chose, and not what: it outlives the person whose address that is. */
const auditChoice = (
  tx: Tx,
  caller: Caller,
  action: string,
  domainId: string,
  value: string | null,
): Promise<void> =>
  recordAudit(tx, caller, {
    action,
    targetType: "lead",
    targetId: domainId,
    detail: { by: value === null ? "rule" : "hand" },
  });
