// What the script of a page weighs, gzipped, for whoever has none of it yet.
import type { Page, Request, Response } from "playwright-core";
import { scriptsOf } from "@scrapersky/testing/browser";

/** Next and React without a line of ours are 134,700 of these. */
const FIRST_PAINT_BYTES_MAX = 180_000;
/** With what comes after the page into the places that are kept for it, and what is fetched so that it is at hand. */
const ALL_BYTES_MAX = 218_000;

/** Follows what a window with an empty cache loads: each script is sent once, whatever asks for it later. */
export const weighPages = (page: Page) => {
  const sizes = new Map<string, Promise<number>>();
  let asked = new Set<string>();
  const nameOf = (request: Request): string | undefined =>
    request.resourceType() === "script" ? new URL(request.url()).pathname : undefined;
  page.on("request", (request) => {
    const name = nameOf(request);
    if (name !== undefined) asked.add(name);
  });
  page.on("requestfinished", (request) => {
    const name = nameOf(request);
    if (name === undefined || sizes.has(name)) return;
    sizes.set(
      name,
      request.sizes().then(({ responseBodySize }) => responseBodySize),
    );
  });
  const sum = async (names: Iterable<string>): Promise<number> => {
    const each = await Promise.all([...names].map((name) => sizes.get(name) ?? Promise.resolve(0)));
    return each.reduce((total, bytes) => total + bytes, 0);
  };
  return {
    /** Before a page is opened. */
    begin: (): void => void (asked = new Set()),
    /** When all of it is there: what is wrong with its weight, at most one line. */
    judge: async (name: string, answer: Response): Promise<string[]> => {
      const first = await sum(scriptsOf(await answer.text()));
      const all = await sum(asked);
      console.log(`${name}: ${first} bytes of script at first paint, ${all} in all.`);
      const isMeasured = first > 100_000 && all >= first;
      return isMeasured && first <= FIRST_PAINT_BYTES_MAX && all <= ALL_BYTES_MAX
        ? []
        : [`${name}: ${first} bytes of script at first paint, ${all} in all`];
    },
  };
};
