import type { BatchProgress, BatchStanding } from "../batch/batch.contract.ts";
import type { Rights } from "../list/list-rights.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

/** In the place of a line that names no site, for those who may not read contacts: it may say anything of anybody. */
export const HIDDEN_LINE = "(line without a site)";

interface Line {
  domain: string;
  errorCode: string | null;
}

const isHidden = ({ errorCode }: Omit<Line, "domain">, { mayReadContacts }: Rights): boolean =>
  !mayReadContacts && errorCode === INVALID_DOMAIN;

/** What a job is called: its domain, or the text of a line that was refused. */
export const toldName = (line: Line, rights: Rights): string =>
  isHidden(line, rights) ? HIDDEN_LINE : line.domain;

/**
 * A batch for those who may not read contacts: without the refused lines that its failures are told by, and without addresses
 * and numbers in its label and error.
 */
export const withoutLines = (batch: BatchProgress, rights: Rights): BatchProgress => ({
  ...withoutWords(batch, rights),
  failures: batch.failures.map((failure) =>
    isHidden({ errorCode: failure.code }, rights) ? { ...failure, sample: [] } : failure,
  ),
});

/** The same of its label and its error alone. */
export const withoutWords = <B extends BatchStanding>(batch: B, rights: Rights): B => ({
  ...batch,
  label: withoutReach(batch.label, rights),
  error: withoutReach(batch.error, rights),
});
