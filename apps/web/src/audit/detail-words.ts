import type { AuditRow } from "@scrapersky/api/contract";

const shown = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);

/** "role: viewer → operator", "label: Bakers"; what it was done to where nothing more was said. */
export const detailWords = ({ targetType, targetId, detail }: AuditRow): string => {
  const { before, after, ...rest } = detail ?? {};
  const changes = Object.entries((after as Record<string, unknown> | undefined) ?? {}).map(
    ([name, value]) =>
      `${name}: ${shown((before as Record<string, unknown> | undefined)?.[name] ?? "–")} → ${shown(value)}`,
  );
  const facts = Object.entries(rest).map(([name, value]) => `${name}: ${shown(value)}`);
  const words = [...changes, ...facts].join(" · ");
  return words === "" ? [targetType, targetId].filter(Boolean).join(" ") : words;
};
