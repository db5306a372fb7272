/** In it an api or a worker answers the token of its start, by which the supervisor tells its own from a stranger. */
export const INSTANCE_HEADER: "x-scrapersky-instance";
