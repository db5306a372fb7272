import type { inferRouterOutputs } from "@trpc/server";
import type { TRPCClientErrorLike } from "@trpc/client";
import type { AppRouter } from "@scrapersky/api";

export type { AppRouter };
export type ApiError = TRPCClientErrorLike<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
