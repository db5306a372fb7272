// Sites that keep their visitor waiting until a test lets one go: so a batch stands still where the test looks at it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { generateSites, type Site } from "@scrapersky/testing/sites";

export interface HeldSites {
  sites: Site[];
  /** A GET of this address and a site's name lets that site answer. */
  release: string;
  close(): void;
}

export const startHeldSites = async (count: number): Promise<HeldSites> => {
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const sites = generateSites({ count, pages: 1, seed: 99 }).map((site) => {
    const gate = Promise.withResolvers<void>();
    gates.set(site.name, gate);
    const answer: Site["answer"] = (request) => ({ ...site.answer(request), after: gate.promise });
    return { ...site, answer };
  });
  const server = createServer((request, response) => {
    gates.get(request.url?.slice(1) ?? "")?.resolve();
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    sites,
    release: `http://127.0.0.1:${port}/`,
    close: () => void server.close(),
  };
};
