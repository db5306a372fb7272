import { timestamp as pgTimestamp } from "drizzle-orm/pg-core";

// Instants arrive as the server prints them, as everywhere in this package: a Date has no microseconds.

export const timestamp = (name: string) => pgTimestamp(name, { mode: "string" });

export const timestamptz = (name: string) =>
  pgTimestamp(name, { mode: "string", withTimezone: true });
