import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "./router.ts";

export type ApiClient = TRPCClient<AppRouter>;

/** Where a query gets its client from: the server has one at hand, the browser fetches its script when first asked. */
export type Api = () => Promise<ApiClient>;
