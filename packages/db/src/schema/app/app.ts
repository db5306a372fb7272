import { pgSchema } from "drizzle-orm/pg-core";

/** Our own tables: additions never go into the real ones. */
export const app = pgSchema("app");
