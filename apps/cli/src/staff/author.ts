import type { Outsider } from "@scrapersky/api/services";

/** Who types is known to the operating system and not to us. */
export const AUTHOR: Outsider = { actor: null, source: "cli" };
