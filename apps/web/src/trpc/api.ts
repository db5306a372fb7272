import type { TRPCClient } from "@trpc/client";
import type { inferRouterInputs } from "@trpc/server";
import type { AppRouter } from "./router.ts";

export type ApiClient = TRPCClient<AppRouter>;

/** What each procedure takes, such as `Inputs["batches"]["create"]`. */
export type Inputs = inferRouterInputs<AppRouter>;

/** Where a query gets its client from: the server has one at hand, the browser fetches its script when first asked. */
export type Api = () => Promise<ApiClient>;
