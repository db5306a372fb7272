"use client";

import { lazy, Suspense } from "react";
import { useToasts } from "./toast.ts";

// Loaded when there is first something to say.
const ToastList = lazy(async () => ({ default: (await import("./toast-list.tsx")).ToastList }));

/** Where toasts appear. */
export function Toaster() {
  const toasts = useToasts();
  return toasts.length === 0 ? null : (
    <Suspense>
      <ToastList toasts={toasts} />
    </Suspense>
  );
}
