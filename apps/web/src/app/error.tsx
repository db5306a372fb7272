"use client";

import { PageProblem } from "#shell/page-problem.tsx";

/** The frame itself could not be drawn: most often the API is away. */
export default function FrameError(props: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <p className="text-base font-semibold tracking-tight">ScraperSky</p>
      <PageProblem {...props} />
    </main>
  );
}
