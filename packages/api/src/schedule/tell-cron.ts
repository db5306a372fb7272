import cronstrue from "cronstrue";

/** A cron text that was read before, in words: "At 09:00, Monday through Friday". */
export const tellCron = (cron: string): string =>
  cronstrue.toString(cron, { use24HourTimeFormat: true });
