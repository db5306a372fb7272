import { findUntold } from "@scrapersky/testing/facts";
import { QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ME, NOW_MS, PLACES } from "../gallery/fixture-base.ts";
import { InRouter } from "../gallery/in-router.tsx";
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
  // Those of the lead that another fact says already, or that only choose what else is said.
  "lead.domainId",
  "lead.domain",
  "lead.displayDomain",
  "lead.business.nameFrom",
  "lead.bestEmail.by",
  "lead.bestPhone.by",
  "lead.suggested.role.email",
  "lead.suggested.role.rule",
  "lead.suggested.person.email",
  "lead.suggested.person.rule",
  "lead.suggested.phone.e164",
  "lead.suggested.phone.rule",
  "lead.place.street",
  "lead.place.postcode",
  "lead.place.town",
  "lead.place.region",
  "lead.country.confidence",
  "lead.country.signs[].says",
  "lead.country.signs[].value",
  "lead.reason",
  "lead.failure",
  ...["emails", "phones", "faxes", "people", "socials", "addresses", "technologies", "pages"].map(
    (kind) => `lead.counts.${kind}`,
  ),
  "lead.lastScan",
  "lead.lastSuccess",
  "lead.changedAt",
  "lead.notes.updatedAt",
  "lead.notes.updatedBy",
  "lead.emails[].lastSeen",
  "lead.emails[].id",
  "lead.emails[].takesMailAt",
  "lead.phones[].firstSeen",
  "lead.phones[].lastSeen",
  "lead.phones[].national",
  "lead.phones[].foundAs",
  "lead.people[].firstSeen",
  "lead.people[].lastSeen",
  "lead.people[].page",
  "lead.socials[].firstSeen",
  "lead.socials[].lastSeen",
  "lead.socials[].page",
  "lead.addresses[].firstSeen",
  "lead.addresses[].lastSeen",
  "lead.addresses[].street",
  "lead.addresses[].postcode",
  "lead.addresses[].town",
  "lead.addresses[].region",
  "lead.addresses[].country",
  "lead.addresses[].geo.lat",
  "lead.addresses[].geo.lon",
  "lead.addresses[].foundAs",
  "lead.addresses[].page",
  "lead.technologies[].firstSeen",
  "lead.technologies[].lastSeen",
  "lead.sameBusiness[].domain",
  "recentJobs[].batchId",
];

beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"], now: NOW_MS }));
afterAll(() => void vi.useRealTimers());

function draw(domain: typeof DOMAIN): string {
  const client = createQueryClient();
  const { queryKey } = domainQuery(() => Promise.reject(new Error("asked")), domain.domainId);
  client.setQueryData(queryKey, domain);
  return renderToStaticMarkup(
    <InRouter>
      <ApiProvider tenant={ME.tenant.slug}>
        <QueryClientProvider client={client}>
          <MeProvider me={ME} places={PLACES}>
            <DomainView domainId={domain.domainId} />
          </MeProvider>
        </QueryClientProvider>
      </ApiProvider>
    </InRouter>,
  );
}

it("draws each fact of the site that it is given, but for those named here", async () => {
  const domain = { ...DOMAIN, notes: DOMAIN_PARKED.notes };
  expect(draw(domain)).toContain(DOMAIN.finalUrl);
  const others = {
    "recentJobs[].status": "pending",
    ...Object.fromEntries(
      ["emails", "phones", "people", "socials", "addresses", "technologies"].map((kind) => [
        `lead.${kind}[].goneAt`,
        "2031-02-03T04:05:06.000Z",
      ]),
    ),
  };
  expect(await findUntold(domain, draw, others)).toEqual(NOT_DRAWN);
});

it("says that contacts are hidden, and not that there are none", () => {
  const hidden = { phones: [], addresses: [], socials: [], emails: [], people: [] };
  const drawn = draw({ ...DOMAIN, lead: { ...LEAD, ...hidden, contactsHidden: true } });
  expect(drawn).toContain("Your role may not read contacts");
  expect(drawn).not.toContain("No e-mail address was found");
  expect(drawn).not.toContain("Phone");
});
