export const INSTANCE_HEADER = "x-scrapersky-instance";
