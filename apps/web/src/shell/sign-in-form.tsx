"use client";

import { Link } from "#ui/link.tsx";
import { useState, type FormEvent } from "react";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import { isReturnAddress } from "./return-address.ts";

const WORDS: Record<number, string> = {
  401: "The e-mail address or the password is wrong.",
  403: "This account may not sign in. Ask an administrator of your tenant.",
  429: "Too many tries. Wait a few minutes and try again.",
};

/** E-mail and password; the session cookie is set by the api. */
export function SignInForm() {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      const answer = await fetch("/api/auth/sign-in/email", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: form.get("email"), password: form.get("password") }),
      });
      if (answer.ok) {
        const next = new URLSearchParams(location.search).get("next") ?? "";
        location.assign(isReturnAddress(next) ? next : "/");
        return;
      }
      setProblem(
        WORDS[answer.status] ?? "Signing in does not work right now. Try again in a moment.",
      );
    } catch {
      setProblem("The server did not answer. Check your connection and try again.");
    }
    setBusy(false);
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label="E-mail" htmlFor="email">
        <Input id="email" name="email" type="email" autoComplete="username" required autoFocus />
      </Field>
      <Field label="Password" htmlFor="password">
        <Input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-describedby={problem === null ? undefined : "sign-in-problem"}
        />
      </Field>
      {problem === null ? null : (
        <p id="sign-in-problem" role="alert" className="text-sm text-failed">
          {problem}
        </p>
      )}
      <Button type="submit" variant="primary" disabled={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </Button>
      <Link
        href="/sign-in/forgotten"
        prefetch={false}
        className="text-sm text-muted underline underline-offset-2"
      >
        Forgotten password
      </Link>
    </form>
  );
}
