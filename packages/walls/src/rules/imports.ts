// Walls over what a file imports.
import { judgeImport } from "../arrows.ts";
import { isForBrowsers, isForFirstPaint, kindOf, readsLists, targetOf } from "../place.ts";
import { onImports, pathOf, type Rule } from "../syntax.ts";

export const importArrows: Rule = {
  create(context) {
    const path = pathOf(context);
    return onImports(({ node, specifier, typeOnly }) => {
      const message = judgeImport(path, specifier, typeOnly);
      if (message !== undefined) context.report({ message, node });
    });
  },
};

/** Libraries that run in a browser and cost it little. */
const BROWSER_LIBRARIES = new Set(["zod", "tldts", "@scrapersky/outcome"]);

/** Lists are read in a worker, which needs no schemas. */
const isSafeLibrary = (path: string, specifier: string): boolean =>
  BROWSER_LIBRARIES.has(specifier) && !(readsLists(path) && specifier === "zod");

export const contractIsBrowserSafe: Rule = {
  create(context) {
    const path = pathOf(context);
    if (!isForBrowsers(path)) return {};
    return onImports(({ node, specifier, typeOnly }) => {
      const target = targetOf(path, specifier);
      if (typeOnly) return;
      if (isForFirstPaint(path) && !(target !== undefined && isForFirstPaint(target))) {
        const message = `This file is part of the first paint of pages: it imports nothing but its like, not ${specifier}.`;
        context.report({ message, node });
        return;
      }
      const safe = target === undefined ? isSafeLibrary(path, specifier) : isForBrowsers(target);
      if (safe) return;
      const message = `This file is loaded by browsers: it imports zod and its like, not ${specifier}.`;
      context.report({ message, node });
    });
  },
};

const EDGE_LIBRARIES = /^(@trpc|hono|@hono|next|react)(\/|$)/;

export const serviceKnowsNoEdge: Rule = {
  create(context) {
    const path = pathOf(context);
    const kind = kindOf(path);
    if (kind === undefined || kind === "router" || kind === "machinery") return {};
    return onImports(({ node, specifier }) => {
      const target = targetOf(path, specifier);
      const of = target === undefined ? undefined : kindOf(target);
      const isEdge = of === "router" || of === "machinery" || EDGE_LIBRARIES.test(specifier);
      if (!isEdge) return;
      const message = `A rule knows no edge: take what is needed as an argument and throw a DomainError instead of using ${specifier}.`;
      context.report({ message, node });
    });
  },
};
