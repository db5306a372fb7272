import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime.js";
import type { ComponentProps, ReactNode } from "react";

type Router = NonNullable<ComponentProps<typeof AppRouterContext.Provider>["value"]>;

const nowhere = (): undefined => undefined;

const ROUTER: Router = {
  back: nowhere,
  forward: nowhere,
  refresh: nowhere,
  push: nowhere,
  replace: nowhere,
  prefetch: nowhere,
  bfcacheId: "0",
};

/** For what is drawn without Next around it: links that lead nowhere. */
export function InRouter({ children }: { children: ReactNode }) {
  return <AppRouterContext value={ROUTER}>{children}</AppRouterContext>;
}
