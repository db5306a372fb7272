import type { Reader } from "@scrapersky/db";
import { BATCH_DOMAINS_MAX } from "../batch/batch.contract.ts";
import { getListAgain } from "../batch/get-list-again.ts";
import { listOfDomains } from "../batch/list-of-domains.ts";
import type { GivenList } from "../batch/read-given.ts";
import { DomainError } from "../errors/domain-error.ts";
import { findLeadDomains } from "../lead/find-lead-domains.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import type { ScheduleSource } from "./schedule.contract.ts";

/**
 * What a schedule runs, as it is now; undefined when a filter finds nothing.
 * @param most leads of one run
 * @throws DomainError NOT_FOUND for a batch that is gone; INVALID_INPUT for a filter that finds more than a batch holds
 */
export async function findSourceList(
  reader: Reader,
  who: ContactReader,
  source: ScheduleSource,
  most = BATCH_DOMAINS_MAX,
): Promise<GivenList | undefined> {
  if (source.kind === "batch") return getListAgain(reader, who.tenantId, source.batchId);
  const domains = await findLeadDomains(reader, who, source.filter, most + 1);
  if (domains.length > most) {
    const why = `The filter finds more than ${most.toLocaleString("en")} leads: narrow it.`;
    throw new DomainError("INVALID_INPUT", why, { errorCode: "TOO_MANY_DOMAINS" });
  }
  return domains.length === 0 ? undefined : listOfDomains(domains.toSorted());
}
