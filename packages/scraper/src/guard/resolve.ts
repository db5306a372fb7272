import { promises as dns } from "node:dns";

/** Looks a name up. Rejects with a system error whose `code` is ENOTFOUND, ENODATA, ESERVFAIL, ETIMEOUT … */
export interface Resolver {
  resolve4(host: string): Promise<string[]>;
  resolve6(host: string): Promise<string[]>;
}

/** c-ares with bounds of its own: getaddrinfo would queue on the four threads the process has for files and DNS. */
export const createResolver = (): Resolver => new dns.Resolver({ timeout: 3_000, tries: 2 });

export type Resolution =
  | { ok: true; addresses: { address: string; family: 4 | 6 }[] }
  | {
      ok: false;
      code: "dns_not_found" | "dns_error";
      /** What hindered the lookup, in words; empty when the code says it all. */
      detail: string;
    };

const ABSENT = new Set(["ENOTFOUND", "ENODATA"]);
const TROUBLES: Record<string, string> = {
  ETIMEOUT: "the name servers did not answer in time",
  ESERVFAIL: "the name servers have a fault",
  EREFUSED: "the name servers refuse to answer",
  ECONNREFUSED: "no name server could be reached",
};

/** Every address of a name, IPv4 first. One failing family is no failure when the other one answers. */
export async function resolveHost(host: string, resolver: Resolver): Promise<Resolution> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses: { address: string; family: 4 | 6 }[] = [];
  if (four.status === "fulfilled")
    for (const address of four.value) addresses.push({ address, family: 4 });
  if (six.status === "fulfilled")
    for (const address of six.value) addresses.push({ address, family: 6 });
  if (addresses.length > 0) return { ok: true, addresses };
  const codes = [four, six].map((result) =>
    result.status === "rejected"
      ? String((result.reason as { code?: unknown })?.code ?? "unknown")
      : "ENODATA",
  );
  if (codes.every((code) => ABSENT.has(code)))
    return { ok: false, code: "dns_not_found", detail: "" };
  const troubles = codes.filter((code) => !ABSENT.has(code)).map((code) => TROUBLES[code] ?? code);
  return { ok: false, code: "dns_error", detail: [...new Set(troubles)].join(", ") };
}
