// What a file is, told by its folder. A file that no suffix makes something else is a rule, the
// strictest kind: whoever forgets a suffix is refused, never let through.
import { posix } from "node:path";
import { isTest } from "./arrows.ts";

/**
 * What a file of `packages/api/src` is: `router` names a permission and begins the transaction, `machinery`
 * speaks tRPC for all routers, `contract` and `state` load in browsers, `rule` is everything else.
 */
export type Kind = "router" | "machinery" | "contract" | "state" | "rule";

const API = "packages/api/src/";
const MACHINERY = /^(trpc\/.+|index|router|errors\/error-mapping)\.ts$/;
const CONTRACT = /(^|\/)([^/]+\.contract|contract|status)\.ts$/;

export function kindOf(path: string): Kind | undefined {
  if (!path.startsWith(API) || isTest(path)) return undefined;
  const inside = path.slice(API.length);
  if (MACHINERY.test(inside)) return "machinery";
  // A router and a state machine belong to a noun, and a noun is a folder.
  if (/^[^/]+\/[^/]+\.router\.ts$/.test(inside)) return "router";
  if (/^[^/]+\/[^/]+\.state\.ts$/.test(inside)) return "state";
  return CONTRACT.test(inside) ? "contract" : "rule";
}

/** Steps of an app, which is an edge: its own transactions, in sight. */
export const isStep = (path: string): boolean =>
  /^apps\/[^/]+\/src\/(.+\/)?[^/]+\.step\.ts$/.test(path);

/** The one kind of file that may read the environment. Rules and what a scrape can say have none. */
export const isEnvFile = (path: string): boolean =>
  /^(apps|packages)\/[^/]+\/(src|bin)\/(.+\/)?env\.(ts|mjs)$/.test(path) &&
  !path.startsWith(API) &&
  !path.startsWith("packages/outcome/");

/** Behind the door `@scrapersky/api/intake`: the preview of a list is read in the browser. */
export const readsLists = (path: string): boolean =>
  /^packages\/api\/src\/(?:intake\/[^/]+|domain\/domain-name)(?<!\.test)\.ts$/.test(path);

/** Whether browsers load the file. */
export function isForBrowsers(path: string): boolean {
  const kind = kindOf(path);
  if (kind === "contract" || kind === "state" || readsLists(path)) return true;
  return path.startsWith("packages/outcome/src/");
}

/** Part of the first paint of pages: lists as data, names and limits, behind the doors `lists` and `wire`. */
export const isForFirstPaint = (path: string): boolean =>
  /^packages\/api\/src\/((lists|wire|headers)\.contract|list\/[^/]+\.contract|[^/]+\/[^/]+-list\.contract)\.ts$/.test(
    path,
  );

/** The file that a relative import of another file leads to; undefined for a package. */
export const targetOf = (path: string, specifier: string): string | undefined =>
  specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : undefined;
