import { REFERENCE_ORIGIN, type Reference } from "@scrapersky/api/contract";
import { headers } from "next/headers";
import { cache } from "react";
import { callerHeaders } from "../caller-headers.ts";
import { env } from "../env.ts";

const READ_MS_MAX = 4_000;

/** Everything that programs may call, with samples that call where this page was opened. */
export const getReference = cache(async (): Promise<Reference> => {
  const received = await headers();
  const answer = await fetch(new URL("/api/reference.json", env.API_URL), {
    headers: callerHeaders(received),
    cache: "no-store",
    signal: AbortSignal.timeout(READ_MS_MAX),
  });
  if (!answer.ok) throw new Error(`The API answered ${answer.status} for its reference.`);
  const { origin } = new URL(env.WEB_URL ?? `http://${received.get("host")}`);
  return JSON.parse((await answer.text()).replaceAll(REFERENCE_ORIGIN, origin)) as Reference;
});
