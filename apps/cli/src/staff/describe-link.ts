import { LINK_HOURS } from "@scrapersky/api/contract";
import type { Env } from "../env.ts";

const SOURCES: Record<Env["web"]["from"], string> = {
  WEB_URL: "Its address is that of WEB_URL.",
  "the running npm start": "Its address is that of the running npm start.",
  default: "WEB_URL is not set: set it to where people open the dashboard, if that is elsewhere.",
};

/** A link as it is shown, once. */
export const describeLink = (link: string, { web }: Env): string =>
  `  ${link}\n\nIt sets a password and signs in. It works once, within ${LINK_HOURS} hours. ${SOURCES[web.from]}`;
