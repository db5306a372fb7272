// The processes of the stack: what each is started with, and which addresses tell that it is ready.
import { createRequire } from "node:module";
import { join } from "node:path";
import { withoutProxyFor } from "@scrapersky/machine";
import type { Secrets } from "./access.ts";
import { type Env, isRelease, root } from "./env.ts";
import type { Ports, PortName } from "./ports.ts";
import type { Readiness } from "./readiness.ts";
import type { Mode } from "./stack.ts";

/** Preloads do not reach `node --watch`, which so would outlive the supervisor by itself. */
const WATCH = [
  join(root, "apps/local/bin/run-group.mjs"),
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  "--watch",
  "--watch-preserve-output",
];

export interface Service {
  name: PortName;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Whether its settings can be judged before its start. */
  judged: boolean;
  ready: Readiness;
}

interface Plan {
  env: Env;
  mode: Mode;
  ports: Ports["at"];
  databaseUrl: string;
  secrets: Secrets;
  /** Of this start, and known to its services only. */
  token: string;
}

/** Where people open the dashboard, and where programs reach the API. */
export function addressesOf({ webUrl, apiHost }: Env, ports: Ports["at"]) {
  return {
    web: webUrl ?? `http://localhost:${ports.web}`,
    api: `http://${reachableHost(apiHost)}:${ports.api}`,
  };
}

/** An address that means every interface is none to connect to. */
function reachableHost(host = "127.0.0.1"): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** The services in the order of their start. */
export function servicesOf(plan: Plan): Service[] {
  const dev = plan.mode === "dev";
  const { token, ports, secrets } = plan;
  const addresses = addressesOf(plan.env, ports);
  const {
    DATABASE_URL: _url,
    AUTH_SECRET: _secret,
    AUTH_SECRET_FORMER: formerSecret,
    WEBHOOKS_KEY: _key,
    ...inherited
  } = plan.env.inherited;
  const common = {
    ...withoutProxyFor([reachableHost(plan.env.apiHost)], inherited),
    NODE_ENV: dev ? "development" : "production",
  };
  const withDatabase = { ...common, DATABASE_URL: plan.databaseUrl, INSTANCE_TOKEN: token };
  const local = `http://127.0.0.1:${ports.web}`;
  const apiEnv = {
    ...withDatabase,
    API_HOST: plan.env.apiHost ?? "127.0.0.1",
    API_PORT: String(ports.api),
    // Nobody looks on: the dashboard ends before the API does.
    SHUTDOWN_WAIT_MS: "0",
    WEB_URL: addresses.web,
    AUTH_SECRET: secrets.auth,
    AUTH_SECRET_FORMER: formerSecret,
    WEBHOOKS_KEY: secrets.webhooks,
  };
  const run = dev ? [...WATCH, "src/main.ts"] : ["dist/main.js"];
  const list: Service[] = [
    {
      name: "api",
      args: run,
      cwd: join(root, "apps/api"),
      env: apiEnv,
      judged: true,
      ready: { token, proofs: [`${addresses.api}/health`], pages: [] },
    },
    {
      name: "worker",
      args: run,
      cwd: join(root, "apps/worker"),
      env: {
        ...withDatabase,
        WEBHOOKS_KEY: secrets.webhooks,
        WORKER_PORT: String(ports.worker),
        ...sitesOf(plan),
      },
      judged: true,
      ready: {
        token,
        proofs: [`http://${reachableHost(plan.env.workerHost)}:${ports.worker}/health`],
        pages: [],
      },
    },
    {
      name: "web",
      args: isRelease ? ["server.js"] : nextArguments(dev ? "dev" : "start", ports.web),
      cwd: join(root, "apps/web"),
      // The dashboard gets neither the database nor the secret: it reaches everything by the API.
      env: {
        ...common,
        API_URL: addresses.api,
        // What Next's own server of a release listens on; HOSTNAME may be the machine's name.
        ...(isRelease ? { PORT: String(ports.web), HOSTNAME: "127.0.0.1" } : {}),
      },
      judged: false,
      // By its name too, as a browser asks: that may lead to another interface first.
      ready: {
        token,
        proofs: [`${local}/health`, `http://localhost:${ports.web}/health`],
        pages: [`${local}/`],
      },
    },
  ];
  return list;
}

function nextArguments(command: "dev" | "start", port: number): string[] {
  const next = createRequire(join(root, "apps/web/package.json")).resolve("next/dist/bin/next");
  return [next, command, "--port", String(port), "--hostname", "127.0.0.1"];
}

/** The worker refuses fake sites in production: only the demo's own are let in unasked. */
function sitesOf({ env, mode }: Plan): NodeJS.ProcessEnv {
  if (env.sitesFile === undefined) return {};
  const sites = { SCRAPER_SITES_FILE: env.sitesFile };
  // Nobody is disturbed by a visitor in a hurry.
  if (mode === "demo") return { ...sites, NODE_ENV: "development", SCRAPER_DELAY_MS: "100" };
  return mode === "dev" ? sites : { ...sites, NODE_ENV: env.inherited["NODE_ENV"] };
}
