import { connect } from "node:net";
import { findFreePort } from "@scrapersky/embedded";
import type { WantedPort } from "./env.ts";

const TRIES = 50;

/**
 * The port to listen on: the one asked for, else the first free one from its usual number on.
 * @throws Error naming the variable when the port asked for is taken
 */
export async function choosePort(wanted: WantedPort, given: ReadonlySet<number>): Promise<number> {
  if (wanted.askedBy !== undefined) {
    if (wanted.port === 0) return await findFreePort();
    if (!given.has(wanted.port) && (await isFree(wanted.port))) return wanted.port;
    throw new Error(
      `Port ${wanted.port} is taken, and ${wanted.askedBy} asks for it. ` +
        `Free it, or set ${wanted.askedBy} to another port; without it a free one is chosen.`,
    );
  }
  for (let port = wanted.port; port < wanted.port + TRIES; port++) {
    if (!given.has(port) && (await isFree(port))) return port;
  }
  return await findFreePort();
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
