import type { Actor } from "./actor.ts";

/** Who reads what may name or reach people: those who may not are told how much there is of it. */
export interface ContactReader {
  tenantId: string;
  mayReadContacts: boolean;
}

export const contactReaderOf = ({ tenantId, permissions }: Actor): ContactReader => ({
  tenantId,
  mayReadContacts: permissions.has("contacts:read"),
});
