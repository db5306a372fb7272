import type { Metadata } from "next";
import { Logo } from "#shell/logo.tsx";
import { buttonClass } from "#ui/button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <Logo />
      <h1 className="mt-4 text-xl font-medium">There is nothing at this address</h1>
      <p className="max-w-sm text-sm text-muted">
        It may never have existed, or it belongs to a tenant you are not a member of.
      </p>
      <a href="/" className={buttonClass("secondary", "mt-2")}>
        Go to your overview
      </a>
    </main>
  );
}
