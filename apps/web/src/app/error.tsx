"use client";

import { Logo } from "#shell/logo.tsx";
import { PageProblem } from "#shell/page-problem.tsx";

/** The frame itself could not be drawn: most often the API is away. */
export default function FrameError(props: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <Logo />
      <PageProblem {...props} />
    </main>
  );
}
