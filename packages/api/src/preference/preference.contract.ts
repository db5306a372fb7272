import { z } from "zod";
import { boundedList } from "../bounded-list.contract.ts";

export const PREFERENCE_KEY_LENGTH_MAX = 60;
export const PREFERENCE_WORDS_MAX = 50;
export const PREFERENCE_WORD_LENGTH_MAX = 60;
/** Things that one person wants some way. */
export const PREFERENCES_MAX = 100;

/** What it is about, as in `columns.leads`. */
const key = z
  .string()
  .max(PREFERENCE_KEY_LENGTH_MAX)
  .regex(/^[a-z]+\.[a-z-]+$/);

export const preferenceInput = z.object({ key });

/** Null takes the wish back. */
export const preferenceSetInput = z.object({
  key,
  value: boundedList(z.string().max(PREFERENCE_WORD_LENGTH_MAX), {
    min: 0,
    max: PREFERENCE_WORDS_MAX,
  }).nullable(),
});
export type PreferenceSet = z.output<typeof preferenceSetInput>;

/** How a person wants something: words in an order; null where they never said. */
export interface Preference {
  key: string;
  value: string[] | null;
}
