import { findUntold } from "@scrapersky/testing/facts";
import { QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ME, NOW_MS, PLACES } from "../gallery/fixture-base.ts";
import { LEAD } from "../gallery/lead-fixture.ts";
import { DOMAIN, DOMAIN_PARKED } from "../gallery/site-fixtures.ts";
import { MeProvider } from "../shell/me.tsx";
import { ApiProvider } from "../trpc/client.tsx";
import { createQueryClient } from "../trpc/query-client.ts";
import { domainQuery } from "./domain-queries.ts";
import { DomainView } from "./domain-view.tsx";

/** What the page of a domain is given of its site and does not draw, or draws only where something else is missing. */
const NOT_DRAWN = [
  "domainId",
  "notes[].flag",
  "redirectedTo",
  "hasSitemap",
  "securityHeaders.strict-transport-security",
  "securityHeaders.x-frame-options",
  "lastSuccessfulScan",
  "pageCount",
  "pages[].pageId",
  "pages[].description",
  "pages[].schemaTypes[]",
  "pages[].lastScan",
  "recentJobs[].batchId",
];

beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"], now: NOW_MS }));
afterAll(() => void vi.useRealTimers());

function draw(domain: typeof DOMAIN): string {
  const client = createQueryClient();
  const { queryKey } = domainQuery(() => Promise.reject(new Error("asked")), domain.domainId);
  client.setQueryData(queryKey, domain);
  return renderToStaticMarkup(
    <ApiProvider tenant={ME.tenant.slug}>
      <QueryClientProvider client={client}>
        <MeProvider me={ME} places={PLACES}>
          <DomainView domainId={domain.domainId} />
        </MeProvider>
      </QueryClientProvider>
    </ApiProvider>,
  );
}

it("draws each fact of the site that it is given, but for those named here", async () => {
  const domain = { ...DOMAIN, notes: DOMAIN_PARKED.notes };
  expect(draw(domain)).toContain(DOMAIN.finalUrl);
  const others = { "recentJobs[].status": "pending" };
  const untold = await findUntold(domain, draw, others);
  expect(untold.filter((path) => !path.startsWith("lead."))).toEqual(NOT_DRAWN);
});

it("says that contacts are hidden, and not that there are none", () => {
  const hidden = { phones: [], addresses: [], socials: [], emails: [], people: [] };
  const drawn = draw({ ...DOMAIN, lead: { ...LEAD, ...hidden, contactsHidden: true } });
  expect(drawn).toContain("Your role may not read contacts");
  expect(drawn).not.toContain("No e-mail address was found");
  expect(drawn).not.toContain("Phone");
});
