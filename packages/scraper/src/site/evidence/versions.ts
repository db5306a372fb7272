const NUMBER = String.raw`\d{1,4}(?:\.\d{1,6}){0,4}`;

const AFTER_NAME = new RegExp(
  String.raw`^[\s!:/-]{0,3}(?:v(?:er(?:sion)?)?[.:]?\s?)?(${NUMBER})(?=$|[\s;,)(+-])`,
  "i",
);
/** The version right behind a product's name: "6.8.3" of " 6.8.3", " v.4.19", "/8.3.12", " ver:4.6". */
export const versionAfter = (rest: string): string | null =>
  AFTER_NAME.exec(rest.slice(0, 60))?.[1] ?? null;

const IN_COMMENT =
  /^ v?(\d{1,4}(?:\.\d{1,6}){1,4})(?= |$)|^.{0,30}? plugin v(\d{1,4}(?:\.\d{1,6}){1,4})/;
/** The version in a tool's signature, of which its name was read: "24.2" of " plugin v24.2". */
export function versionInComment(rest: string): string | null {
  const [, behind, ofPlugin] = IN_COMMENT.exec(rest) ?? [];
  return behind ?? ofPlugin ?? null;
}

const VER = /[?&](?:ver|v)=(\d{1,4}(?:\.\d{1,6}){1,3})(?=$|[&#])/;
/** The version WordPress puts behind what plugins and themes load, and others do as well. */
export const versionInQuery = (path: string): string | null => VER.exec(path)?.[1] ?? null;

/** jquery and other libraries under wp-includes carry their own versions. */
const CORE_FILE = /\/wp-includes\/(?:css\/dist\/block-library|js\/wp-emoji)/;
/** WordPress's own version behind one of its own files. */
export const coreVersion = (path: string): string | null =>
  CORE_FILE.test(path) ? versionInQuery(path) : null;

/** Folders in which plugins bring along the work of others, under versions of their own. */
const THIRD_PARTY = /\/(?:libs?|libraries|vendors?|node_modules|third-party|packages|blocks)\//;
export const isThirdParty = (path: string): boolean => THIRD_PARTY.test(path);

const BUILDS = new Set(
  "min slim prod production bundle pkgd global esm umd core legacy module".split(" "),
);
/** What builds put into names so that a changed file is another one: "dc5e7f18c8", "js-7b2c9e4b". */
const HASH = /^(?:m?js-|css-)?(?=[a-f]*\d)[0-9a-f]{6,64}$/;
const DIGEST = /-(?=[a-f]*\d)[0-9a-f]{8,64}$/;
const isBuild = (part: string): boolean => BUILDS.has(part) || HASH.test(part);

const FILE_VERSION = /[-_.@]v?(\d{1,3}(?:\.\d{1,4}){0,3})$/;

/** Name and version of a script file: "jquery" and "3.7.1" of "jquery-3.7.1.slim.min.js"; a style's name ends with ".css". */
export function fileName(file: string): { name: string; version: string | null } | undefined {
  if (file.length > 100) return undefined;
  const parts = file.split(".");
  const ending = parts.pop();
  if (ending !== "js" && ending !== "mjs" && ending !== "css") return undefined;
  while (parts.length > 1 && isBuild(parts.at(-1) as string)) parts.pop();
  const bare = parts.join(".").replace(DIGEST, "");
  const version = FILE_VERSION.exec(bare);
  const name = version === null ? bare : bare.slice(0, version.index);
  return { name: ending === "css" ? `${name}.css` : name, version: version?.[1] ?? null };
}

const VERSION_SEGMENT = /^v?(\d{1,3}(?:\.\d{1,4}){1,3})$/;
/** Hosts that serve packages, with the number of segments before the package's name. */
const PACKAGES: Readonly<Record<string, number>> = {
  "cdn.jsdelivr.net": 1,
  "unpkg.com": 0,
  "cdnjs.cloudflare.com": 2,
  "ajax.googleapis.com": 2,
  "esm.sh": 0,
  "cdn.skypack.dev": 0,
};

/** The package that a public delivery network serves: "name@1.2.3" or "name/1.2.3". */
export function packageName(
  host: string,
  segments: readonly string[],
): { name: string; version: string | null } | undefined {
  const place = PACKAGES[host];
  const written = place === undefined ? undefined : segments[place];
  if (place === undefined || written === undefined || written === "") return undefined;
  const at = written.indexOf("@", 1);
  const version = at === -1 ? (segments[place + 1] ?? "") : written.slice(at + 1);
  return {
    name: at === -1 ? written : written.slice(0, at),
    version: VERSION_SEGMENT.exec(version)?.[1] ?? null,
  };
}

/** Of the versions a product's files carry, the one most of them do. */
export function mostOften(versions: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const version of versions) counts.set(version, (counts.get(version) ?? 0) + 1);
  let best: string | null = null;
  for (const [version, count] of counts)
    if (best === null || count > (counts.get(best) ?? 0)) best = version;
  return best;
}
