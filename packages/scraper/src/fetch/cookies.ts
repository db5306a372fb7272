import type { HeaderMap } from "./wire.ts";

const COOKIES_MAX = 20;

/** Cookies within one chain of redirects: enough for doors that set one and send the visitor round again. */
export class ChainCookies {
  readonly #byHost = new Map<string, Map<string, string>>();

  store(host: string, headers: HeaderMap): void {
    const set = headers["set-cookie"];
    if (set === undefined) return;
    const jar = this.#byHost.get(host) ?? new Map<string, string>();
    this.#byHost.set(host, jar);
    for (const line of Array.isArray(set) ? set : [set]) {
      const pair =
        /^([!#$%&'*+\-.^_`|~\w]{1,80})=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{0,500})/.exec(
          line,
        );
      if (pair?.[1] !== undefined && jar.size < COOKIES_MAX) jar.set(pair[1], pair[2] ?? "");
    }
  }

  headerFor(host: string): string {
    const jar = this.#byHost.get(host);
    return jar === undefined ? "" : [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}
