import { createDatabase, type Database, executeRawSqlOne } from "@scrapersky/db";
import { findBrowser, launch, scriptsOf } from "@scrapersky/testing/browser";
import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { loadavg } from "node:os";
import { openFilled } from "../lists/open-filled.ts";
import { sizesAt } from "../lists/sizes.ts";
import type { Report } from "../report.ts";
import { type Dashboard, startDashboard } from "./dashboard.ts";
import { type Act, type Named, type PageVisit, pageVisits } from "./page-visits.ts";
import { type Loading, readLoading, timeInteraction, watchPage } from "./watched.ts";

const ROUNDS = 5;
/** Below this share of the sizes one round shows whether all of it works. */
const ROUNDS_FROM = 0.2;
/** Beside the medians, to see what a slow machine would see. */
const THROTTLED_ROUNDS = 1;
const THROTTLE = 4;
/** 100,000 jobs and 30,000 businesses in the tenant whose pages are opened. */
const SHARE = 1 / 6;
const TENANT = "large";
const PASSWORD = "a password of the benchmark";
const QUIET_MS = 400;
const ACT_MS_MAX = 20_000;

/** How soon pages of a filled tenant are there, how soon they answer hands, and what they weigh. */
export async function benchWeb(scale: number): Promise<Report> {
  const found = await findBrowser();
  if ("missing" in found) throw new Error(`This needs a browser: ${found.missing}.`);
  const sizes = sizesAt(SHARE * scale);
  const postgres = await openFilled("web", SHARE * scale, sizes);
  const database = createDatabase({ url: postgres.url, max: 1 });
  let dashboard: Dashboard | undefined;
  let browser: Browser | undefined;
  try {
    dashboard = await startDashboard(postgres.url);
    browser = await launch(found);
    const visits = pageVisits(await findNamed(database, sizes.tenants[0]!.id));
    const session = await signIn(browser, dashboard);
    const measure = async (rounds: number, throttle: number): Promise<Measured[]> => {
      const measured: Measured[] = [];
      // Round by round, so that a busy minute of the machine falls on every page.
      for (let round = 0; round < rounds; round++) {
        for (const visit of visits) {
          measured.push(await visitPage(browser!, dashboard!.origin, session, visit, throttle));
        }
      }
      return measured;
    };
    // Code paths of the servers are warm, as in use.
    await measure(1, 1);
    const before = loadavg()[0]!;
    const rounds = scale < ROUNDS_FROM ? 1 : ROUNDS;
    const plain = await measure(rounds, 1);
    const after = loadavg()[0]!;
    const slowed = await measure(THROTTLED_ROUNDS, THROTTLE);
    return toReport(visits, plain, slowed, rounds, [before, after]);
  } finally {
    await browser?.close();
    await dashboard?.stop();
    await database.close();
    await postgres.stop();
  }
}

type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface Measured extends Loading {
  page: string;
  /** Gzipped, of what the first answer asks for. */
  scriptBytes: number;
  acts: { name: string; ms: number }[];
}

async function visitPage(
  browser: Browser,
  origin: string,
  session: Session,
  { name, path, acts }: PageVisit,
  throttle: number,
): Promise<Measured> {
  // A new one each time: nothing is kept from the page before.
  const context = await browser.newContext({
    baseURL: origin,
    storageState: session,
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(ACT_MS_MAX);
    await watchPage(page);
    if (throttle > 1) {
      const devtools = await context.newCDPSession(page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: throttle });
    }
    const requests: Request[] = [];
    page.on("requestfinished", (request) => requests.push(request));
    const answer = await page.goto(`/t/${TENANT}${path}`, { waitUntil: "load" });
    await page.waitForTimeout(QUIET_MS * throttle);
    const loading = await readLoading(page);
    const scriptBytes = await weigh(requests, scriptsOf((await answer?.text()) ?? ""));
    const timed: Measured["acts"] = [];
    for (const act of acts) timed.push(await timeAct(page, act));
    return {
      page: name,
      ...loading,
      cls: (await readLoading(page)).cls,
      scriptBytes,
      acts: timed,
    };
  } finally {
    await context.close();
  }
}

/** Bytes of those scripts among what was asked, gzipped. */
async function weigh(requests: Request[], scripts: ReadonlySet<string>): Promise<number> {
  const asked = requests.filter((request) => scripts.has(new URL(request.url()).pathname));
  const sizes = await Promise.all(asked.map((request) => request.sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}

/** What does not end counts with the time after which it was given up, and the others go on. */
async function timeAct(page: Page, { name, run }: Act): Promise<{ name: string; ms: number }> {
  try {
    return { name, ms: await timeInteraction(page, () => run(page)) };
  } catch (error) {
    console.log(`${new URL(page.url()).pathname}, ${name}: ${String(error).split("\n")[0]}`);
    return { name: `${name} (given up)`, ms: ACT_MS_MAX };
  }
}

async function signIn(browser: Browser, dashboard: Dashboard): Promise<Session> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await dashboard.linkOf(TENANT));
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await page.waitForURL(`**/t/${TENANT}`);
  const session = await context.storageState();
  await context.close();
  return session;
}

async function findNamed({ db }: Database, tenantId: string): Promise<Named> {
  const named = await executeRawSqlOne<{ [Name in keyof Named]: string }>(
    db,
    `select
       (select batch_id from batch_jobs where tenant_id = :tenantId::uuid
        order by total_domains desc, failed_domains desc limit 1) as batch,
       (select job_id::text from jobs where tenant_id_uuid = :tenantId::uuid and status = 'failed' limit 1) as "failedJob",
       (select job_id::text from jobs where tenant_id_uuid = :tenantId::uuid and status = 'complete' limit 1) as "completeJob",
       (select domain_id::text from app.leads where tenant_id = :tenantId::uuid limit 1) as domain`,
    { tenantId },
  );
  if (named === undefined) throw new Error("The filled tenant has nothing to open.");
  return named;
}

const countOf = (rounds: number): string => (rounds === 1 ? "one round" : `${rounds} rounds`);

const median = (values: number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

interface Summary extends Loading {
  page: string;
  scriptKb: number;
  slowest: { name: string; ms: number };
}

/** Medians of the rounds of one page, and its slowest act by the median of that. */
function summaryOf(page: string, all: Measured[]): Summary {
  const own = all.filter((one) => one.page === page);
  const acts = (own[0]?.acts ?? []).map(({ name }, at) => ({
    name,
    ms: median(own.map((one) => one.acts[at]!.ms)),
  }));
  return {
    page,
    ttfbMs: median(own.map(({ ttfbMs }) => ttfbMs)),
    lcpMs: median(own.map(({ lcpMs }) => lcpMs)),
    cls: median(own.map(({ cls }) => cls)),
    scriptKb: median(own.map(({ scriptBytes }) => scriptBytes)) / 1000,
    slowest: acts.toSorted((one, other) => other.ms - one.ms)[0] ?? { name: "-", ms: 0 },
  };
}

function toReport(
  visits: PageVisit[],
  plain: Measured[],
  slowed: Measured[],
  rounds: number,
  load: number[],
): Report {
  const of = (all: Measured[]) => visits.map(({ name }) => summaryOf(name, all));
  const [usual, throttled] = [of(plain), of(slowed)];
  const worst = (all: Summary[], figure: (one: Summary) => number) => Math.max(...all.map(figure));
  const tell = (all: Summary[], figure: (one: Summary) => number, unit: string): string => {
    const one = all.find((each) => figure(each) === worst(all, figure))!;
    return `${figure(one).toFixed(unit === "" ? 3 : 0)}${unit} ${one.page}`;
  };
  const tellAll = (all: Summary[]): string => {
    const act = all.toSorted((one, other) => other.slowest.ms - one.slowest.ms)[0]!;
    return [
      `first byte ${tell(all, ({ ttfbMs }) => ttfbMs, " ms")}`,
      `LCP ${tell(all, ({ lcpMs }) => lcpMs, " ms")}`,
      `interaction ${act.slowest.ms.toFixed(0)} ms ${act.page}, ${act.slowest.name}`,
      `shift ${tell(all, ({ cls }) => cls, "")}`,
      `script ${tell(all, ({ scriptKb }) => scriptKb, " kB")}`,
    ].join("; ");
  };
  return {
    name: "web",
    notes: [
      `Production build, headless Chromium at 1440 × 900, nothing cached, ${countOf(rounds)}, medians; 4x: the processor throttled, once.`,
      `A tenant of 100,000 jobs and 30,000 businesses, less with a smaller scale. Load of the machine from ${load.map((one) => one.toFixed(1)).join(" to ")}.`,
      `Worst of each: ${tellAll(usual)}.`,
      `Throttled: ${tellAll(throttled)}.`,
    ],
    results: usual.flatMap((one, at) => {
      const slow = throttled[at]!;
      const line = (what: string, value: number, unit: string) => ({
        who: one.page,
        what,
        value,
        unit,
      });
      return [
        line("first byte", one.ttfbMs, "ms"),
        line("LCP", one.lcpMs, "ms"),
        line("interaction", one.slowest.ms, "ms"),
        line("shift", one.cls, ""),
        line("script", one.scriptKb, "kB"),
        line("4x LCP", slow.lcpMs, "ms"),
        line("4x interaction", slow.slowest.ms, "ms"),
      ];
    }),
    ratios: {
      worstTtfbMs: worst(usual, ({ ttfbMs }) => ttfbMs),
      worstLcpMs: worst(usual, ({ lcpMs }) => lcpMs),
      worstInteractionMs: worst(usual, ({ slowest: { ms } }) => ms),
      worstCls: worst(usual, ({ cls }) => cls),
      scriptKb: worst(usual, ({ scriptKb }) => scriptKb),
      throttledLcpMs: worst(throttled, ({ lcpMs }) => lcpMs),
      throttledInteractionMs: worst(throttled, ({ slowest: { ms } }) => ms),
    },
  };
}
