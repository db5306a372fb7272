import { DomainError } from "@scrapersky/api";

/** Exports under way at once in one process: of one tenant, and of all. */
export const EXPORTS_AT_ONCE = { tenant: 2, all: 8 } as const;
const RETRY_AFTER_MS = 10_000;

export interface ExportSlots {
  /**
   * Takes a place for an export of this tenant; what it gives gives the place back.
   * @throws DomainError RATE_LIMITED when the tenant, or everybody together, has none left
   */
  take(tenantId: string): () => void;
}

export function createExportSlots(): ExportSlots {
  const taken = new Map<string, number>();
  let all = 0;
  const refuse = (errorCode: string, message: string) =>
    new DomainError("RATE_LIMITED", message, { errorCode, retryAfterMs: RETRY_AFTER_MS });
  return {
    take(tenantId) {
      const own = taken.get(tenantId) ?? 0;
      if (own >= EXPORTS_AT_ONCE.tenant) {
        throw refuse(
          "TOO_MANY_EXPORTS",
          `${EXPORTS_AT_ONCE.tenant} exports of this tenant are under way; come back when one has ended.`,
        );
      }
      if (all >= EXPORTS_AT_ONCE.all) {
        throw refuse(
          "EXPORTS_BUSY",
          "As many exports are under way as this server sends at once; come back in a moment.",
        );
      }
      taken.set(tenantId, own + 1);
      all++;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        all--;
        const left = (taken.get(tenantId) ?? 1) - 1;
        if (left === 0) taken.delete(tenantId);
        else taken.set(tenantId, left);
      };
    },
  };
}
