import { HEADERS } from "@scrapersky/api/wire";
import { createTRPCClient, httpLink } from "@trpc/client";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { ADDRESS_HEADER, signInAddress } from "#shell/return-address.ts";
import { callerHeaders } from "../caller-headers.ts";
import { env } from "../env.ts";
import { traceHeaders } from "../spans/traceparent.ts";
import type { Api } from "./api.ts";
import { errorFacts } from "./error-facts.ts";
import { createQueryClient } from "./query-client.ts";
import type { AppRouter } from "./router.ts";

/** A page is drawn without what the api does not tell by then; the browser asks for it again. */
const READ_MS_MAX = 4_000;

/** The api as the signed-in person sees it, for one request and one tenant. */
export const getApi = cache((tenant: string | null) => {
  const queryClient = createQueryClient(0);
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: new URL("/api/trpc", env.API_URL).href,
        fetch: (address, init) =>
          fetch(address as string, {
            ...(init as RequestInit),
            signal: AbortSignal.timeout(READ_MS_MAX),
          }),
        headers: async () => ({
          cookie: (await cookies()).toString(),
          ...callerHeaders(await headers()),
          ...traceHeaders(),
          [HEADERS.drawsPage]: "1",
          ...(tenant === null ? {} : { [HEADERS.tenant]: tenant }),
        }),
      }),
    ],
  });
  const api: Api = () => Promise.resolve(client);
  return { queryClient, client, api };
});

const signInPage = async (): Promise<string> =>
  signInAddress((await headers()).get(ADDRESS_HEADER));

/** Who is signed in, seen from this tenant. Signed out goes to the sign-in page; no member of the tenant is a not-found page. */
export const getMe = cache(async (tenant: string | null) => {
  try {
    return await getApi(tenant).client.profiles.me.query();
  } catch (error) {
    const { kind } = errorFacts(error);
    if (kind === "signed-out") redirect(await signInPage());
    if (kind === "missing" || kind === "forbidden") notFound();
    throw error;
  }
});

/** The sidebar of a tenant. Without the tree the frame still stands, with the overview alone. */
export const getFeatures = (tenant: string) =>
  getApi(tenant)
    .client.features.tree.query()
    .catch(() => []);

/**
 * Waits for what decides whether the page exists. A missing row is a not-found page, a missing right the refused value;
 * any other fault is left to the browser, which asks again and shows its error card.
 */
export const settle = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    const { kind } = errorFacts(error);
    if (kind === "signed-out") redirect(await signInPage());
    if (kind === "missing") notFound();
    return undefined;
  }
};
