// Ports are looked at before they are bound, and that decides nothing: the service takes its port by
// binding it, and one that was refused is given another.
import { connect } from "node:net";
import { findFreePort } from "@scrapersky/embedded";
import type { Env, WantedPort } from "./env.ts";

const TRIES = 50;

export type PortName = "web" | "api" | "worker";

const NAMES: Record<PortName, string> = {
  web: "the dashboard",
  api: "the API",
  worker: "the worker's health answer",
};

export interface Ports {
  readonly at: Readonly<Record<PortName, number>>;
  /** Gives the service another port than the one it was refused. @throws Error naming who asked for that one */
  replace(name: PortName): Promise<void>;
}

/** A port for each service. `say` tells of each that is not the usual one. */
export async function choosePorts(env: Env, say: (line: string) => void): Promise<Ports> {
  const wanted = { web: env.webPort, api: env.apiPort, worker: env.workerPort };
  /** Given to a service, now or before it was refused. */
  const given = new Set<number>();
  const choose = async (name: PortName) => {
    const port = await choosePort(wanted[name], given);
    given.add(port);
    return port;
  };
  const at = { web: await choose("web"), api: await choose("api"), worker: await choose("worker") };
  for (const name of Object.keys(at) as PortName[]) {
    const { port: usual, askedBy } = wanted[name];
    if (askedBy !== undefined || at[name] === usual) continue;
    say(`        Port ${usual} is taken: ${NAMES[name]} uses ${at[name]}.`);
  }
  return {
    at,
    async replace(name) {
      const { askedBy, port } = wanted[name];
      if (askedBy !== undefined && port !== 0) throw takenError(port, askedBy);
      const refused = at[name];
      at[name] = await choose(name);
      say(`        Port ${refused} went to somebody else: ${NAMES[name]} uses ${at[name]}.`);
    },
  };
}

const takenError = (port: number, askedBy: string) =>
  new Error(
    `Port ${port} is taken, and ${askedBy} asks for it. ` +
      `Free it, or set ${askedBy} to another port; without it a free one is chosen.`,
  );

/**
 * The port to listen on: the one asked for, else the first free one from its usual number on.
 * @throws Error naming the variable when the port asked for is taken
 */
export async function choosePort(wanted: WantedPort, given: ReadonlySet<number>): Promise<number> {
  const { askedBy, port: usual } = wanted;
  if (askedBy !== undefined && usual !== 0) {
    if (!given.has(usual) && (await isFree(usual))) return usual;
    throw takenError(usual, askedBy);
  }
  if (askedBy === undefined) {
    for (let port = usual; port < usual + TRIES; port++) {
      if (!given.has(port) && (await isFree(port))) return port;
    }
  }
  let port = await findFreePort();
  while (given.has(port)) port = await findFreePort();
  return port;
}

/** Free on both loopback addresses: a browser that asks for localhost may try either first. */
async function isFree(port: number): Promise<boolean> {
  const answers = await Promise.all([answersOn(port, "127.0.0.1"), answersOn(port, "::1")]);
  return !answers.includes(true) && (await findFreePort(port)) === port;
}

function answersOn(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
    socket.setTimeout(500, () => done(false));
  });
}
