import { type DnsServer, startDns } from "@scrapersky/testing/dns";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createMailDomains } from "../src/index.ts";
import { done, siteOf, visitSite } from "./visit-site.ts";

let server: DnsServer;
beforeAll(async () => {
  server = await startDns({
    "mx.example": { MX: [[10, "mail.mx.example"]] },
    "two.example": {
      MX: [
        [20, "localhost"],
        [10, "in.mailer.example"],
      ],
    },
    "null.example": { MX: [[0, ""]], A: ["93.184.215.14"] },
    "address.example": { A: ["93.184.215.14"] },
    "inner.example": { A: ["10.0.0.5"] },
    "loop.example": { MX: [[10, "localhost"]], A: ["93.184.215.14"] },
    "literal.example": { MX: [[10, "127.0.0.1"]] },
    "empty.example": {},
    "fault.example": { fault: "SERVFAIL" },
    "refused.example": { fault: "REFUSED" },
    "silent.example": { isSilent: true },
    "xn--bcker-gra.example": { MX: [[10, "mail.mx.example"]] },
    "one.example": { MX: [[10, "mail.mx.example"]] },
  });
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(() => server.close());

/** Patient, so that a machine that is busy asks no question twice; but not with a server that never answers. */
function open(more: { now?: () => number } = {}) {
  const of = (timeoutMs: number) =>
    createMailDomains({ servers: [server.address], timeoutMs, ...more });
  const patient = of(10_000);
  const brief = of(100);
  const ask: typeof patient.ask = (domain, ...rest) =>
    (domain === "silent.example" ? brief : patient).ask(domain, ...rest);
  return { ask };
}

test.for([
  ["mx.example", "yes"],
  ["two.example", "yes"],
  ["null.example", "no"],
  ["address.example", "yes"],
  ["inner.example", "no"],
  ["loop.example", "no"],
  ["literal.example", "no"],
  ["empty.example", "no"],
  ["absent.example", "no"],
  ["fault.example", "unknown"],
  ["refused.example", "unknown"],
  ["silent.example", "unknown"],
] as const)("%s takes mail: %s", async ([domain, takes]) => {
  expect(await open().ask(domain)).toMatchObject({ takes });
});

test("an address is asked for only where a domain has no MX of its own", async () => {
  await open().ask("mx.example");
  await open().ask("null.example");
  expect(server.asked).toEqual(["mx.example MX", "null.example MX"]);
  await open().ask("address.example");
  expect(server.asked.slice(2).toSorted()).toEqual([
    "address.example A",
    "address.example AAAA",
    "address.example MX",
  ]);
});

test("a domain is asked about once a day, also by many at a time; one that gave no answer sooner", async () => {
  let now = Date.UTC(2026, 10, 1);
  const domains = open({ now: () => now });
  const first = await Promise.all(Array.from({ length: 50 }, () => domains.ask("mx.example")));
  expect(new Set(first.map(({ at }) => at))).toEqual(new Set(["2026-11-01T00:00:00.000Z"]));
  now += 86_399_000;
  await domains.ask("mx.example");
  expect(server.asked).toEqual(["mx.example MX"]);
  now += 2_000;
  expect((await domains.ask("mx.example")).at).toBe("2026-11-02T00:00:01.000Z");
  expect(server.asked).toEqual(["mx.example MX", "mx.example MX"]);

  server.asked.length = 0;
  await domains.ask("refused.example");
  const questions = server.asked.length;
  await domains.ask("refused.example");
  expect(server.asked).toHaveLength(questions);
  now += 601_000;
  await domains.ask("refused.example");
  expect(server.asked.length).toBeGreaterThan(questions);
});

test.for(["localhost", "printer.local", "10.0.0.1", "com", "no dots", ""])(
  "no name server hears of %j",
  async (domain) => {
    expect(await open().ask(domain)).toMatchObject({ takes: "no" });
    expect(server.asked).toEqual([]);
  },
);

const site = siteOf({
  "/": `<p>info@one.example buero@bäcker.example fax@absent.example wer@silent.example</p>`,
});

test("a visit tells of each mailbox whether its domain takes mail, and the best one does", async () => {
  const now = () => Date.UTC(2026, 10, 1);
  const { outcome } = await visitSite(site, { mailDomains: open({ now }), now });
  const at = "2026-11-01T00:00:00.000Z";
  const { lead } = done(outcome);
  expect(
    lead.emails.map(({ email, takesMail, takesMailAt }) => [email, takesMail, takesMailAt]),
  ).toEqual([
    ["info@one.example", "yes", at],
    ["buero@bäcker.example", "yes", at],
    ["fax@absent.example", "no", at],
    ["wer@silent.example", "unknown", at],
  ]);
  expect(lead.bestEmail).toEqual({
    email: "info@one.example",
    rule: "The best of 4 addresses: on the site's own domain, which takes mail, an address for everybody, on one page.",
  });
});

test("more domains than a visit may ask about stay without an answer, the site's own is not among them", async () => {
  const { outcome } = await visitSite(site, { mailDomains: open(), limits: { mailDomainsMax: 1 } });
  expect(done(outcome).lead.emails.map(({ takesMail }) => takesMail)).toEqual([
    "yes",
    null,
    null,
    null,
  ]);
});

test("without the setting nobody is asked", async () => {
  const { outcome } = await visitSite(site);
  expect(done(outcome).lead.emails.every(({ takesMail }) => takesMail === null)).toBe(true);
  expect(server.asked).toEqual([]);
});

test("whoever ends a visit does not wait for name servers", async () => {
  const controller = new AbortController();
  const mailDomains = {
    ask: () => {
      controller.abort();
      return new Promise<never>(() => {});
    },
  };
  const { outcome } = await visitSite(site, { mailDomains, signal: controller.signal });
  expect(outcome).toEqual({ kind: "aborted" });
});
