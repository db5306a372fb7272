import { z } from "@hono/zod-openapi";

/** A time as the first system wrote it: `2026-11-21T09:00:00.123456+00:00`. */
export const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
  .openapi({ format: "date-time" });

export const legacyTime = (iso: string): string =>
  iso.replace(/\.(\d+)Z$/, (_, fraction: string) => `.${fraction.padEnd(6, "0")}+00:00`);

export const legacyTimeOrNull = (iso: string | null): string | null =>
  iso === null ? null : legacyTime(iso);
