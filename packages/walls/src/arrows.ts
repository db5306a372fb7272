// The import table of the house: which room may import which door. Both the lint rule and the
// manifest check read it, so that an arrow is granted in one place only.

import { posix } from "node:path";

/** yes: freely. type: types only. test: from tests and their set-up only. */
export type Arrow = "yes" | "type" | "test";

const SCOPE = "@scrapersky/";

/** Room → door → arrow. A door that is not listed is refused. */
export const ARROWS: Record<string, Record<string, Arrow>> = {
  "apps/web": {
    "@scrapersky/api": "type",
    "@scrapersky/api/contract": "yes",
    "@scrapersky/api/lists": "yes",
    "@scrapersky/api/wire": "yes",
    "@scrapersky/api/intake": "yes",
    "@scrapersky/client": "yes",
    "@scrapersky/machine": "yes",
    "@scrapersky/testing": "test",
  },
  "apps/api": {
    "@scrapersky/api": "yes",
    "@scrapersky/api/services": "yes",
    "@scrapersky/api/contract": "yes",
    "@scrapersky/api/demo": "test",
    "@scrapersky/db": "yes",
    "@scrapersky/machine": "yes",
    "@scrapersky/queue": "yes",
    "@scrapersky/client": "test",
    "@scrapersky/testing": "test",
  },
  "apps/worker": {
    "@scrapersky/api/services": "yes",
    "@scrapersky/api/contract": "yes",
    "@scrapersky/api/intake": "test",
    "@scrapersky/db": "yes",
    "@scrapersky/machine": "yes",
    "@scrapersky/outcome": "yes",
    "@scrapersky/queue": "yes",
    "@scrapersky/scraper": "yes",
    "@scrapersky/testing": "test",
  },
  "apps/cli": {
    "@scrapersky/api/services": "yes",
    "@scrapersky/api/contract": "yes",
    "@scrapersky/api/demo": "yes",
    "@scrapersky/db": "yes",
    "@scrapersky/machine": "yes",
    "@scrapersky/queue": "yes",
    "@scrapersky/testing": "test",
  },
  "apps/local": {
    "@scrapersky/db": "yes",
    "@scrapersky/embedded": "yes",
    "@scrapersky/machine": "yes",
    "@scrapersky/queue": "yes",
    "@scrapersky/testing": "yes",
  },
  "packages/api": {
    "@scrapersky/db": "yes",
    "@scrapersky/outcome": "yes",
    "@scrapersky/queue": "yes",
    "@scrapersky/testing": "test",
  },
  "packages/queue": {
    "@scrapersky/db": "yes",
    "@scrapersky/embedded": "test",
    "@scrapersky/testing": "test",
  },
  "packages/scraper": { "@scrapersky/outcome": "yes", "@scrapersky/testing": "test" },
  "packages/outcome": {},
  "packages/client": {
    "@scrapersky/api": "type",
    "@scrapersky/api/contract": "yes",
    "@scrapersky/api/wire": "yes",
    "@scrapersky/testing": "test",
  },
  "packages/db": { "@scrapersky/embedded": "test", "@scrapersky/machine": "test" },
  "packages/embedded": { "@scrapersky/machine": "yes" },
  "packages/machine": {},
  "packages/testing": { "@scrapersky/db": "yes", "@scrapersky/embedded": "yes" },
  "packages/bench": {
    // A peer serves our router behind another door.
    "@scrapersky/api": "yes",
    "@scrapersky/api/services": "yes",
    "@scrapersky/api/contract": "yes",
    "@scrapersky/api/intake": "yes",
    "@scrapersky/client": "yes",
    "@scrapersky/db": "yes",
    "@scrapersky/embedded": "yes",
    "@scrapersky/queue": "yes",
    "@scrapersky/scraper": "yes",
    "@scrapersky/testing": "yes",
  },
  "packages/walls": {},
};

/** Libraries that live in some rooms only. A room listed here owns the subject. */
const LIBRARY_ROOMS: Record<string, { rooms: string[]; why: string }> = {
  postgres: { rooms: ["packages/db"], why: "packages/db opens every connection" },
  pg: { rooms: [], why: "packages/db opens every connection, with the postgres driver" },
  "drizzle-orm": {
    rooms: ["packages/db", "packages/api"],
    why: "tables are read and written by services; say it there",
  },
  "pg-boss": { rooms: ["packages/queue"], why: "packages/queue is the only door to the queue" },
  undici: { rooms: ["packages/scraper"], why: "the scraper owns the network" },
  hono: { rooms: ["apps/api"], why: "apps/api is the HTTP door" },
  "@trpc/server": {
    rooms: ["packages/api", "apps/api", "packages/client", "apps/web"],
    why: "procedures are declared by routers and called through packages/client",
  },
  "better-auth": {
    rooms: ["apps/api", "packages/api"],
    why: "sign-in is verified in apps/api, and passwords are hashed in packages/api",
  },
  react: { rooms: ["apps/web"], why: "apps/web draws" },
  next: { rooms: ["apps/web"], why: "apps/web draws" },
};

const SESSION = "packages/db/src/session/";
/** Rooms of the session factory: each may import those before it. What stands beside them imports all. */
const SESSION_ROOMS = ["errors", "sql", "config", "wire", "pool", "scope", "drizzle"];

/** Rooms outside the product: the test harness and the benchmarks drive peers directly. */
const HARNESS = new Set(["packages/testing", "packages/bench"]);

/** `apps/api/src/main.ts` → `apps/api`; undefined for a file outside apps and packages. */
export function roomOf(path: string): string | undefined {
  return /^((?:apps|packages)\/[^/]+)\//.exec(path)?.[1];
}

/** Tests, their set-up and their configuration: the files a product never loads. A folder below `src` is none. */
export function isTest(path: string): boolean {
  return (
    /\.(test|test-d)\.tsx?$/.test(path) ||
    /^(apps|packages)\/[^/]+\/((test|e2e)\/|vitest\.[^/]*ts$)/.test(path)
  );
}

/** Why this import is refused, or undefined when an arrow allows it. */
export function judgeImport(path: string, specifier: string, typeOnly: boolean) {
  const room = roomOf(path);
  if (room === undefined) return undefined;
  if (specifier.startsWith(".")) return judgeRelative(room, path, specifier);
  return specifier.startsWith(SCOPE)
    ? judgeSibling(room, path, specifier, typeOnly)
    : judgeLibrary(room, path, specifier);
}

/** A path that climbs out of the room goes around its doors. */
function judgeRelative(room: string, path: string, specifier: string) {
  const target = posix.join(posix.dirname(path), specifier);
  if (target.startsWith(`${room}/`)) return judgeSessionRoom(path, target);
  return `${specifier} leaves ${room}: import the other package by its name.`;
}

/** A folder that is not listed may import no other, and no other may import it. */
function judgeSessionRoom(path: string, target: string) {
  const [from, to] = [sessionRoomOf(path), sessionRoomOf(target)];
  if (from === undefined || to === undefined || from === to || from === "") return undefined;
  const [at, wanted] = [SESSION_ROOMS.indexOf(from), SESSION_ROOMS.indexOf(to)];
  if (wanted >= 0 && wanted < at) return undefined;
  const order = SESSION_ROOMS.join(", ");
  return `${from} must not import ${to || "what stands beside the rooms"}: each of ${order} may import those before it.`;
}

/** The room of a file of the session factory, empty beside them; undefined for any other file. */
function sessionRoomOf(path: string): string | undefined {
  if (!path.startsWith(SESSION)) return undefined;
  return /^([^/]+)\//.exec(path.slice(SESSION.length))?.[1] ?? "";
}

function judgeSibling(room: string, path: string, specifier: string, typeOnly: boolean) {
  const name = specifier.split("/").slice(0, 2).join("/");
  // Only packages/api has doors of different weight; elsewhere the package is the door.
  const door = name === "@scrapersky/api" ? specifier : name;
  const arrow = ARROWS[room]?.[door];
  if (arrow === undefined) {
    return `${room} must not import ${door}: no arrow in packages/walls/src/arrows.ts allows it.`;
  }
  if (arrow === "type" && !typeOnly && !isTest(path)) {
    return `${room} may import only types from ${door}: write \`import type\`.`;
  }
  if (arrow === "test" && !isTest(path)) return `${room} may import ${door} in tests only.`;
  return undefined;
}

function judgeLibrary(room: string, path: string, specifier: string) {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  const law = Object.hasOwn(LIBRARY_ROOMS, name) ? LIBRARY_ROOMS[name] : undefined;
  if (law === undefined || law.rooms.includes(room) || HARNESS.has(room)) return undefined;
  // Tests may look from outside with any client, except that connections stay in one package.
  if (isTest(path) && name !== "postgres" && name !== "pg") return undefined;
  const where = law.rooms.length > 0 ? `only in ${law.rooms.join(", ")}` : "nowhere";
  return `${name} is imported ${where}: ${law.why}.`;
}
