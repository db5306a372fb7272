import { z } from "zod";

/** A longer text is no id of ours, and is refused before anything looks for it. */
export const ID_LENGTH_MAX = 100;

/** The id of a row as it was sent: what is no uuid gets the answer of an unknown one. */
export const idText = z.string().max(ID_LENGTH_MAX);
