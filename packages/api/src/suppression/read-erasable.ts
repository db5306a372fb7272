import { DomainError } from "../errors/domain-error.ts";
import { readEntry, type SuppressionEntry } from "./read-entry.ts";

/** @throws DomainError INVALID_INPUT for what is no e-mail address and no domain */
export function readErasable(subject: string): SuppressionEntry & { kind: "email" | "domain" } {
  const entry = readEntry(subject);
  if ("reason" in entry) throw wrongSubject(entry.reason);
  const { kind } = entry;
  if (kind === "pattern")
    throw wrongSubject("One e-mail address or one domain is erased at a time.");
  return { ...entry, kind };
}

const wrongSubject = (reason: string): DomainError =>
  new DomainError("INVALID_INPUT", reason, { fieldErrors: { subject: reason } });
