"use client";

import { Suspense } from "react";
import { useToasts } from "./toast.ts";
import { late } from "#ui/late.ts";

// Loaded when there is first something to say.
const ToastList = late(async () => ({ default: (await import("./toast-list.tsx")).ToastList }));

/** Where toasts appear. */
export function Toaster() {
  const toasts = useToasts();
  return toasts.length === 0 ? null : (
    <Suspense>
      <ToastList toasts={toasts} />
    </Suspense>
  );
}
