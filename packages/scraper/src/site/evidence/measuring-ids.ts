import type { SiteTraces, Trace } from "../../extract/site-traces.ts";

const TAG_HOST = /^(?:https?:)?\/\/(?:www\.)?googletagmanager\.com\//;
const ID = /[?&]id=((?:GTM|G|UA|AW|DC)-[A-Z0-9-]{4,20})(?=$|[&#])/;

/** Ids of measuring accounts in the addresses of Google's tags, with the tag they stand in. */
export function* idsOfTags(
  traces: SiteTraces,
): Generator<{ id: string; address: string; trace: Trace }> {
  for (const addresses of [traces.assets, traces.scriptAddresses]) {
    for (const [address, trace] of addresses) {
      const id = TAG_HOST.test(address) ? ID.exec(address)?.[1] : undefined;
      if (id !== undefined) yield { id, address, trace };
    }
  }
}

/** Ids of the site's measuring accounts: those its scripts name, then those of its tags. */
export const measuringIds = (traces: SiteTraces): string[] => [
  ...new Set([...traces.ids.keys(), ...[...idsOfTags(traces)].map(({ id }) => id)]),
];
