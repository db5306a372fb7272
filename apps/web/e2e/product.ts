import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launch } from "@scrapersky/testing/browser";
import type { Browser, BrowserContext, BrowserContextOptions, Cookie, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject } from "vitest";
import { productEnv } from "./env.ts";
import type { SeededUser, StartedProduct, TestUser } from "./stack.setup.ts";

export const product: StartedProduct = inject("product");

/** `describe` with a browser; without one the set-up has said why and these are left out. */
const { runIf } = describe;
export const describeInBrowser = runIf(product.browser !== null);

export const userWith = (role: string, host = "skyline.example"): SeededUser => {
  const user = product.users.find(
    (known) => known.role === role && known.email.endsWith(`@${host}`),
  );
  if (user === undefined) throw new Error(`The seed has no ${role} at ${host}.`);
  return user;
};

export interface OpenBrowser {
  /**
   * A window of its own, closed after the test, with the session of a user when one is given, and without motion, which
   * is costly to draw, unless it is asked for. Faults of its pages fail the test that asks for them.
   */
  open: (options?: BrowserContextOptions & { as?: TestUser }) => Promise<{
    context: BrowserContext;
    page: Page;
    faults: string[];
  }>;
}

/** Whether React has taken over all that can be pressed. */
const isAlive = (): boolean =>
  [...document.querySelectorAll("a, button, input, select, textarea")].every((element) =>
    Object.keys(element).some((key) => key.startsWith("__reactProps$")),
  );

/**
 * Has a page be opened and loaded anew as a person waits for it: until what is pressed does something. Whoever says up to
 * when to wait waits up to then.
 */
const waitForScript = (page: Page): void => {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (address, options) => {
    const answer = await goto(address, options);
    if (options === undefined) await page.waitForFunction(isAlive);
    return answer;
  };
  page.reload = async (options) => {
    const answer = await reload(options);
    if (options === undefined) await page.waitForFunction(isAlive);
    return answer;
  };
};

/** Sessions by e-mail address: to check a password costs the server a tenth of a second. */
const sessions = new Map<string, Cookie[]>();

/** The browser of all files that this process tests; it ends with the process. */
let launched: Promise<Browser> | undefined;

/** Windows for the tests of a file. Call it inside a describe block. */
export const useBrowser = (): OpenBrowser => {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  const closeContexts = async (): Promise<void> => {
    // A page that stays open goes on asking the server and drawing.
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  };
  beforeAll(async () => {
    if (product.browser !== null) browser = await (launched ??= launch(product.browser));
  });
  afterEach(closeContexts);
  afterAll(closeContexts);
  return {
    open: async ({ as, ...options } = {}) => {
      if (browser === undefined) throw new Error("The browser is not open yet.");
      const context = await browser.newContext({
        baseURL: product.web,
        reducedMotion: "reduce",
        ...options,
      });
      // Ends what hangs: a page may take its time on a busy machine.
      context.setDefaultTimeout(120_000);
      context.on("page", waitForScript);
      contexts.push(context);
      if (as !== undefined) {
        const known = sessions.get(as.email);
        if (known === undefined) sessions.set(as.email, await signIn(context, as));
        else await context.addCookies(known);
      }
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" && /content security policy|hydrat/i.test(message.text())) {
          faults.push(message.text());
        }
      });
      return { context, page, faults };
    },
  };
};

/** Gets a session as the sign-in form does, without drawing it, and gives its cookies. */
export const signIn = async (context: BrowserContext, user: TestUser): Promise<Cookie[]> => {
  const answer = await context.request.post("/api/auth/sign-in/email", {
    data: { email: user.email, password: user.password },
    headers: { origin: product.web },
  });
  expect(answer.status()).toBe(200);
  return await context.cookies();
};

const run = promisify(execFile);
const staff = fileURLToPath(new URL("../../cli/dist/staff.js", import.meta.url));

/** Types a line of `npm run staff` for the product under test, and reads what it prints for programs. */
export const typeStaff = async <T>(...args: string[]): Promise<T> => {
  const env = productEnv({ DATA_DIR: product.dataDir });
  const { stdout } = await run(process.execPath, [staff, ...args, "--json"], { env });
  return JSON.parse(stdout) as T;
};

export const path = (below = ""): string => `/t/${product.tenant}${below}`;

/** Asks as a page would, and gives the answer. */
export const ask = async <Answer>(
  context: BrowserContext,
  name: string,
  input: object = {},
): Promise<Answer> => {
  const written = encodeURIComponent(JSON.stringify(input));
  const answer = await context.request.get(`/api/trpc/${name}?input=${written}`, {
    headers: { "x-tenant": product.tenant },
  });
  return ((await answer.json()) as { result: { data: Answer } }).result.data;
};

/** Calls a mutation as a page would, and gives its answer. */
export const mutate = async <Answer>(
  context: BrowserContext,
  name: string,
  data: object,
): Promise<Answer> => {
  const answer = await context.request.post(`/api/trpc/${name}`, {
    data,
    headers: { "x-tenant": product.tenant, origin: product.web },
    // A connection that was kept may be closed at that moment.
    maxRetries: 2,
  });
  if (!answer.ok()) throw new Error(`${name} was refused: ${await answer.text()}`);
  return ((await answer.json()) as { result: { data: Answer } }).result.data;
};

/** Creates a batch, and gives its id. */
export const createBatch = async (
  context: BrowserContext,
  input: { domains: string[]; maxPages?: number; maxConcurrent?: number; label?: string },
): Promise<string> => (await mutate<{ batchId: string }>(context, "batches.create", input)).batchId;

/** Creates a schedule of the list of a batch, and gives its id. */
export const createSchedule = async (context: BrowserContext, batchId: string): Promise<string> => {
  const source = { kind: "batch", batchId };
  const input = { name: "Daily", cron: "0 9 * * *", timeZone: "UTC", source };
  return (await mutate<{ scheduleId: string }>(context, "schedules.create", input)).scheduleId;
};

/** Creates a webhook that a site is to take, sends it a test, and gives its id. */
export const createWebhook = async (context: BrowserContext, site: string): Promise<string> => {
  const input = { url: `http://${site}/hook`, events: ["batch.finished"] };
  const { webhookId } = await mutate<{ webhookId: string }>(context, "webhooks.create", input);
  await mutate(context, "webhooks.test", { webhookId });
  return webhookId;
};

/** Has something done to rows, and gives the id of what does it. */
export const startBulk = async (context: BrowserContext, input: object): Promise<string> =>
  (await mutate<{ id: string }>(context, "bulk.start", input)).id;

/** Waits until a batch has ended, as long as the test or set-up that asks may last. */
export const waitForBatch = async (context: BrowserContext, batchId: string): Promise<void> => {
  const status = async () =>
    (await ask<{ status: string }>(context, "batches.byId", { batchId })).status;
  while (/pending|running/.test(await status())) await pause(250);
};

export interface ListedJob {
  jobId: string;
  domain: string;
  domainId: string | null;
  status: string;
  attempts: number;
}

/** The jobs of a batch, the newest page of them. */
export const findJobs = async (context: BrowserContext, batchId: string): Promise<ListedJob[]> =>
  (await ask<{ items: ListedJob[] }>(context, "jobs.list", { batchId })).items;

/** Creates a batch of so many domains that outlives its test: the worker is at a site that never answers. */
export const createLongBatch = (context: BrowserContext, domains = 12): Promise<string> => {
  const { silent, working } = product.sites;
  return createBatch(context, {
    domains: [...silent, ...working].slice(0, domains),
    maxPages: 50,
    maxConcurrent: 1,
  });
};

export const cancelBatch = (context: BrowserContext, batchId: string): Promise<unknown> =>
  mutate(context, "batches.cancel", { batchId });

/** Waits until a page shows the batch that it has made, cancels that, as nobody waits for its sites, and gives its id. */
export const createdBatch = async (page: Page, context: BrowserContext): Promise<string> => {
  await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/);
  const batchId = page.url().split("/").at(-1) ?? "";
  await cancelBatch(context, batchId);
  return batchId;
};

/** Puts the page into the background or back, as another tab in front of it would. */
export const setVisibility = (page: Page, state: "hidden" | "visible"): Promise<void> =>
  page.evaluate((wanted) => {
    Object.defineProperty(document, "visibilityState", { value: wanted, configurable: true });
    Object.defineProperty(document, "hidden", { value: wanted === "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, state);
