import type { Report } from "./progress.mjs";

/** Builds the apps, unless nothing they are made of changed; ends the process when that fails. */
export function buildApps(report: Report): Promise<void>;
