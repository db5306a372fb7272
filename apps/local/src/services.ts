// The processes of the stack: what each is started with, and which addresses tell that it is ready.
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Env, root } from "./env.ts";
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
  name: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Whether its settings can be judged before its start. */
  judged: boolean;
  /** Addresses that answer with a status below 400 when the service is ready. */
  ready: string[];
}

interface Plan {
  env: Env;
  mode: Mode;
  ports: { web: number; api: number; worker: number };
  webUrl: string;
  apiUrl: string;
  databaseUrl: string;
  authSecret: string;
}

/** The services in the order of their start. */
export function servicesOf(plan: Plan): Service[] {
  const dev = plan.mode === "dev";
  const { DATABASE_URL: _url, AUTH_SECRET: _secret, ...inherited } = plan.env.inherited;
  const common = { ...inherited, NODE_ENV: dev ? "development" : "production" };
  const withDatabase = { ...common, DATABASE_URL: plan.databaseUrl };
  const apiEnv = {
    ...withDatabase,
    API_HOST: plan.env.apiHost ?? "127.0.0.1",
    API_PORT: String(plan.ports.api),
    WEB_URL: plan.webUrl,
    AUTH_SECRET: plan.authSecret,
  };
  const run = dev ? [...WATCH, "src/main.ts"] : ["dist/main.js"];
  const list: Service[] = [
    {
      name: "api",
      args: run,
      cwd: join(root, "apps/api"),
      env: apiEnv,
      judged: true,
      ready: [`${plan.apiUrl}/health`],
    },
    {
      name: "worker",
      args: run,
      cwd: join(root, "apps/worker"),
      env: {
        ...withDatabase,
        WORKER_PORT: String(plan.ports.worker),
        ...sitesOf(plan),
      },
      judged: true,
      ready: [`http://127.0.0.1:${plan.ports.worker}/health`],
    },
    {
      name: "web",
      args: [
        createRequire(join(root, "apps/web/package.json")).resolve("next/dist/bin/next"),
        dev ? "dev" : "start",
        "--port",
        String(plan.ports.web),
        "--hostname",
        "127.0.0.1",
      ],
      cwd: join(root, "apps/web"),
      // The dashboard gets neither the database nor the secret: it reaches everything by the API.
      env: { ...common, API_URL: plan.apiUrl },
      judged: false,
      ready: [`http://127.0.0.1:${plan.ports.web}/health`, `http://127.0.0.1:${plan.ports.web}/`],
    },
  ];
  return list;
}

/** The worker refuses fake sites in production: only the demo's own are let in unasked. */
function sitesOf({ env, mode }: Plan): NodeJS.ProcessEnv {
  if (env.sitesFile === undefined) return {};
  const sites = { SCRAPER_SITES_FILE: env.sitesFile };
  // Nobody is disturbed by a visitor in a hurry.
  if (mode === "demo") return { ...sites, NODE_ENV: "development", SCRAPER_DELAY_MS: "100" };
  return mode === "dev" ? sites : { ...sites, NODE_ENV: env.inherited["NODE_ENV"] };
}
