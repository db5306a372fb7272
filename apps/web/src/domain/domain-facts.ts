import type { DomainDetail, Technology } from "@scrapersky/api/contract";

/** Technology by category, categories by name. */
export const byCategory = (technologies: Technology[]): [category: string, Technology[]][] =>
  [...Map.groupBy(technologies, ({ category }) => category)].sort(([left], [right]) =>
    left.localeCompare(right, "en"),
  );

/** Yes, no, or not seen. */
export const yesOrNo = (value: boolean | null): string | undefined =>
  value === null ? undefined : value ? "Yes" : "No";

/** The state of the last scan in words. */
export const scanState = ({
  lastError,
  lastSuccessfulScan,
}: Pick<DomainDetail, "lastError" | "lastSuccessfulScan">): "ok" | "failed-once" | "never" =>
  lastError === null ? "ok" : lastSuccessfulScan === null ? "never" : "failed-once";
