import { type SQL, sql, type SQLWrapper } from "drizzle-orm";

/**
 * Whether a query that selects `true` finds a row, as a value: the planner asks it row by row, and makes no join of it that
 * begins at the other end, nor reads all of its rows beforehand.
 */
export const isFound = (query: SQLWrapper): SQL => sql`coalesce((${query} limit 1), false)`;
