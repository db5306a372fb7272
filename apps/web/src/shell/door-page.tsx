import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";

/** A page for those who are not signed in: one card in the middle. */
export function DoorPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <Logo />
      <div className="w-full max-w-88 rounded-lg border border-line bg-surface p-6">
        <h1 className="mb-5 text-xl font-medium tracking-tight">{title}</h1>
        {children}
      </div>
    </main>
  );
}
