import { z } from "zod";
import { CURSOR_LENGTH_MAX, LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX } from "./wire.contract.ts";

/** Fields every list input shares. `cursor` is opaque and comes from `nextCursor` of the page before. */
export const listInput = z.object({
  cursor: z.string().max(CURSOR_LENGTH_MAX).optional(),
  limit: z.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT),
});

/** A page of a list; `nextCursor` is null on the last page. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
