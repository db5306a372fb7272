"use client";

import { late } from "#ui/late.ts";
import { Later } from "#ui/later.tsx";
import type { Call } from "./call-menu.tsx";

const CallMenu = late(async () => ({ default: (await import("./call-menu.tsx")).CallMenu }));

/** The menu of a page's call, in the place that is kept for it. */
export const CallLater = (call: Call) => (
  <Later place={<span className="h-8 w-9 max-sm:hidden pointer-coarse:h-11" />}>
    <CallMenu {...call} />
  </Later>
);
