import { like, sql, type SQL, type SQLWrapper } from "drizzle-orm";

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

export const beginsWith = (value: SQLWrapper, text: string): SQL =>
  like(value as never, `${escapeLike(text)}%`);

/** Found by trigrams where the database has them: from three characters on. */
export const contains = (value: SQLWrapper, text: string): SQL =>
  like(value as never, `%${escapeLike(text)}%`);

/** The same in any case, of a value that the database put into small letters: it does so with some otherwise than JavaScript. */
export const containsFolded = (value: SQLWrapper, text: string): SQL =>
  like(value as never, sql`lower(${`%${escapeLike(text)}%`})`);

/** Characters from which a search by any part is one by trigrams; with fewer it is one by the beginning. */
export const CONTAINS_MIN = 3;
