import type { Metadata } from "next";
import { Logo } from "#shell/logo.tsx";
import { SignInForm } from "#shell/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <Logo />
      <div className="w-full max-w-88 rounded-lg border border-line bg-surface p-6">
        <h1 className="mb-5 text-xl font-medium tracking-tight">Sign in</h1>
        <SignInForm />
      </div>
    </main>
  );
}
