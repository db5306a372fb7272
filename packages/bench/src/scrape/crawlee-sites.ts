import dns from "node:dns";
import { type BasicCrawler, Configuration, log, LogLevel } from "@crawlee/cheerio";
import { type Course, placeOf } from "./contender.ts";

/** Options that a crawler of Crawlee is made with for raw speed: nothing persisted, no retries, no sessions. */
export const QUICK = {
  maxRequestRetries: 0,
  useSessionPool: false,
  persistCookiesPerSession: false,
} as const;

export const inMemory = (): Configuration =>
  new Configuration({ persistStorage: false, purgeOnStart: false });

/** Gives the crawler the home pages of the sites, and what each page leads to. */
export class SiteCrawl {
  readonly #course: Course;
  readonly #wanted: Map<string, Set<string>>;

  constructor(names: readonly string[], course: Course) {
    log.setLevel(LogLevel.WARNING);
    this.#course = course;
    this.#wanted = new Map(names.map((name) => [name, new Set(["/"])]));
  }

  async run(crawler: Pick<BasicCrawler, "run">): Promise<void> {
    await crawler.run(Array.from(this.#wanted.keys(), (name) => this.#address(name, "/")));
  }

  /** Up to as many pages as a site has to have. */
  async follow(
    name: string,
    paths: Iterable<string>,
    crawler: Pick<BasicCrawler, "addRequests">,
  ): Promise<void> {
    const known = this.#wanted.get(name);
    if (known === undefined) return;
    const fresh = [];
    for (const path of paths) {
      if (known.size >= this.#course.pages) break;
      if (known.has(path)) continue;
      known.add(path);
      fresh.push(this.#address(name, path));
    }
    if (fresh.length > 0) await crawler.addRequests(fresh);
  }

  #address(name: string, path: string) {
    const { host, port } = placeOf(this.#course, name);
    const { tls } = this.#course;
    return {
      url: tls ? `https://${name}:${port}${path}` : `http://${host}:${port}${path}`,
      uniqueKey: `${name}${path}`,
      headers: { ...(tls ? {} : { host: name }), "accept-encoding": "gzip" },
      userData: { name, path },
    };
  }
}

/** Over TLS names are looked up as the course says, and its authority is trusted. */
export function tlsHooks({ tls, allow }: Course): ((context: unknown, options: object) => void)[] {
  if (!tls) return [];
  // the agents of Crawlee's client hand no look-up of anybody's on
  Object.assign(dns, { lookup: toLoopback });
  return [
    (_, options) => {
      Object.assign(options, { http2: false, https: { certificateAuthority: allow.ca } });
    },
  ];
}

function toLoopback(
  _host: string,
  asked: { all?: boolean },
  done: (error: null, address: unknown, family?: number) => void,
): void {
  if (asked.all) done(null, [{ address: "127.0.0.1", family: 4 }]);
  else done(null, "127.0.0.1", 4);
}
