export type { AppRouter } from "@scrapersky/api";
