/** What a robots.txt asks of one robot, by RFC 9309. */
export interface RobotsRules {
  /** Judges a path with its query, as it stands in the address. */
  isAllowed(path: string): boolean;
  /** Milliseconds; 0 when the file asks for none. */
  crawlDelayMs: number;
  /** As written. */
  sitemaps: string[];
}

interface Rule {
  allow: boolean;
  /** Without wildcards, in the form that addresses are compared in. */
  prefix: string;
  /** What follows the prefix, parted at each "*"; undefined when nothing may be left out. */
  parts: string[] | undefined;
  /** The path has to end where the pattern does. */
  ends: boolean;
  /** Octets of the pattern: the longest one that matches decides. */
  length: number;
}

interface Group {
  /** By what they say, each once. */
  rules: Map<string, Rule>;
  crawlDelayMs: number;
}

const SITEMAPS_MAX = 20;
/** Beyond so many wildcard rules in a group a "Disallow" is read up to its first "*", which forbids more, and an "Allow" not at all. */
const WILDCARDS_MAX = 500;
const PATTERN_MAX = 2_000;

/** How owners also write the three names that matter; those for "Disallow" are the common slips. */
const NAMES: Record<string, "agent" | "allow" | "disallow" | "sitemap" | "delay"> = {
  "user-agent": "agent",
  useragent: "agent",
  "user agent": "agent",
  allow: "allow",
  disallow: "disallow",
  dissallow: "disallow",
  dissalow: "disallow",
  disalow: "disallow",
  diasllow: "disallow",
  disallaw: "disallow",
  sitemap: "sitemap",
  "site-map": "sitemap",
  "crawl-delay": "delay",
  crawldelay: "delay",
};

/**
 * Reads a robots.txt for the robot with this product token. Only "User-agent" after a rule begins a new group: blank lines,
 * sitemaps, delays and unknown records do not. Groups of one robot are one; those for "*" count where it has none of its own.
 * Linear in the text; never throws.
 */
export function readRobotsRules(text: string, token: string): RobotsRules {
  const own: Group = { rules: new Map(), crawlDelayMs: 0 };
  const everyone: Group = { rules: new Map(), crawlDelayMs: 0 };
  const sitemaps: string[] = [];
  const wanted = token.toLowerCase();
  let named = false;
  /** The groups that the records being read belong to, and whether the next "User-agent" begins other ones. */
  let groups = new Set<Group>();
  let ruled = false;
  /** A delay is meant for the robots named since the last one, although it ends no group. */
  let delayed = new Set<Group>();
  let delaySeen = false;

  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    const record = recordOf(line);
    if (record === undefined) continue;
    const [name, value] = record;
    if (name === "agent") {
      if (ruled) groups = new Set();
      if (ruled || delaySeen) delayed = new Set();
      ruled = false;
      delaySeen = false;
      const group = /^\*(?:\s|$)/.test(value)
        ? everyone
        : /^[a-z_-]*/i.exec(value)?.[0].toLowerCase() === wanted
          ? own
          : undefined;
      if (group === own) named = true;
      if (group === undefined) continue;
      groups.add(group);
      delayed.add(group);
    } else if (name === "sitemap") {
      if (value !== "" && sitemaps.length < SITEMAPS_MAX) sitemaps.push(value);
    } else if (name === "delay") {
      delaySeen = true;
      const delayMs = Number(/^\d{1,9}(?:\.\d{1,9})?/.exec(value)?.[0] ?? 0) * 1000;
      for (const group of delayed) group.crawlDelayMs = Math.max(group.crawlDelayMs, delayMs);
    } else {
      ruled = true;
      const key = `${name} ${value}`;
      for (const { rules } of groups) {
        const rule = rules.has(key) ? undefined : ruleOf(value, name === "allow");
        if (rule !== undefined) rules.set(key, rule);
      }
    }
  }

  const { rules, crawlDelayMs } = named ? own : everyone;
  const ordered = bounded([...rules.values()]).toSorted(
    (one, other) => other.length - one.length || Number(other.allow) - Number(one.allow),
  );
  return {
    isAllowed: (path) => {
      const address = addressOf(path);
      const decisive = ordered.find((rule) =>
        matches(rule, rule.allow ? address.written : address.plain),
      );
      return decisive?.allow ?? true;
    },
    crawlDelayMs,
    sitemaps,
  };
}

/** Name and value of a record. A name without its colon is taken where one value follows it. */
function recordOf(line: string): [(typeof NAMES)[string], string] | undefined {
  const hash = line.indexOf("#");
  const record = (hash === -1 ? line : line.slice(0, hash)).replace(/^\uFEFF/, "").trim();
  if (record === "") return undefined;
  const colon = record.indexOf(":");
  const words = colon === -1 ? /^(\S+)\s+(\S+)$/.exec(record) : null;
  const written = colon === -1 ? (words?.[1] ?? "") : record.slice(0, colon).trimEnd();
  if (written.length > 20) return undefined;
  const key = written.toLowerCase();
  const name = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
  if (name === undefined) return undefined;
  return [name, colon === -1 ? (words?.[2] ?? "") : record.slice(colon + 1).trim()];
}

/** An empty value forbids and allows nothing. */
function ruleOf(value: string, allow: boolean): Rule | undefined {
  if (value === "" || value.length > PATTERN_MAX) return undefined;
  const ends = value.endsWith("$");
  const escaped = escape(ends ? value.slice(0, -1) : value).replaceAll("$", "%24");
  const pattern = allow ? escaped : unescape(escaped);
  const [prefix = "", ...parts] = pattern.split("*");
  return {
    allow,
    prefix,
    parts: parts.length === 0 ? undefined : parts,
    ends,
    length: pattern.length + (ends ? 1 : 0),
  };
}

function bounded(rules: Rule[]): Rule[] {
  let wildcards = 0;
  return rules.flatMap((rule) => {
    if (rule.parts === undefined || ++wildcards <= WILDCARDS_MAX) return [rule];
    return rule.allow ? [] : [{ ...rule, parts: undefined, ends: false }];
  });
}

function matches({ prefix, parts, ends }: Rule, path: string): boolean {
  if (!path.startsWith(prefix)) return false;
  if (parts === undefined) return !ends || path.length === prefix.length;
  let at = prefix.length;
  const last = parts.length - 1;
  for (let index = 0; index <= last; index++) {
    const part = parts[index] ?? "";
    if (index === last && ends) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}

/**
 * An address in the two forms it is compared in. "Allow" opens what it names octet for octet; "Disallow" closes also what is the
 * same once unreserved octets are decoded, so that no spelling of a forbidden path gets through.
 */
function addressOf(path: string): { written: string; plain: string } {
  if (!/[%$*]/.test(path)) return { written: path, plain: path };
  const written = upperEscapes(path).replaceAll("*", "%2A").replaceAll("$", "%24");
  return { written, plain: unescape(written) };
}

const upperEscapes = (text: string): string =>
  text.includes("%") ? text.replace(/%[0-9a-f]{2}/gi, (octet) => octet.toUpperCase()) : text;

/** Octets above ASCII as addresses carry them. */
const escape = (text: string): string =>
  upperEscapes(
    /[^\x00-\x7f]/.test(text)
      ? text.toWellFormed().replace(/[^\x00-\x7f]+/g, (run) => encodeURIComponent(run))
      : text,
  );

/** Decodes the octets that mean the same whether they are escaped or not. */
const unescape = (text: string): string =>
  text.includes("%")
    ? text.replace(/%(?:2D|2E|3\d|4[1-9A-F]|5[0-9A]|5F|6[1-9A-F]|7[0-9A]|7E)/g, (octet) =>
        String.fromCharCode(Number.parseInt(octet.slice(1), 16)),
      )
    : text;
