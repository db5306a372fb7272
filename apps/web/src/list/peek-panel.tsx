"use client";

import { X } from "lucide-react";
import { type ComponentType, Suspense, useEffect, useRef } from "react";
import { IconButton } from "#ui/button.tsx";
import { Skeleton } from "#ui/states.tsx";

/** The detail of a row beside its list. Esc closes it. */
export function PeekPanel({
  id,
  label,
  View,
  onClose,
}: {
  id: string;
  label: string;
  View: ComponentType<{ id: string }>;
  onClose: () => void;
}) {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      close.current();
    };
    addEventListener("keydown", onEscape);
    return () => removeEventListener("keydown", onEscape);
  }, []);
  return (
    <aside
      aria-label={label}
      className="arriving sticky top-16 max-h-[calc(100dvh-5rem)] overflow-y-auto rounded-lg border border-line bg-surface max-lg:hidden"
      tabIndex={-1}
    >
      <IconButton label="Close" onClick={onClose} className="float-right m-2">
        <X aria-hidden className="size-4" />
      </IconButton>
      <Suspense fallback={<PeekSkeleton />}>
        <View key={id} id={id} />
      </Suspense>
    </aside>
  );
}

/** A detail on its way, as tall as what a first look needs. */
export function PeekSkeleton() {
  return (
    <div role="status" className="late p-4">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="mt-3 w-1/2" />
      <Skeleton className="mt-8 w-full" />
      <Skeleton className="mt-3 w-4/5" />
      <Skeleton className="mt-3 w-3/5" />
    </div>
  );
}
