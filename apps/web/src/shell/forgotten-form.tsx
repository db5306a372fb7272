"use client";

import { Link } from "#ui/link.tsx";
import { useEffect, useState, type FormEvent } from "react";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";

const ENDPOINT = "/api/auth/account/forgotten";

/** Asks for a link by mail; the answer is the same whoever has the address. */
export function ForgottenForm() {
  const [hasMail, setHasMail] = useState(true);
  const [state, setState] = useState<"asking" | "busy" | "asked" | "silent">("asking");
  useEffect(() => {
    void fetch(ENDPOINT)
      .then((answer) => answer.json() as Promise<{ mail?: boolean }>)
      .then(({ mail }) => setHasMail(mail !== false))
      .catch(() => undefined);
  }, []);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get("email");
    setState("busy");
    try {
      const answer = await fetch(ENDPOINT, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email }),
      });
      setState(answer.ok ? "asked" : "silent");
    } catch {
      setState("silent");
    }
  };
  return (
    <div className="flex flex-col gap-4 text-sm">
      {!hasMail ? (
        <p>
          No mail is sent from here. Ask whoever runs ScraperSky for a link:{" "}
          <code className="font-mono text-xs">npm run staff -- link EMAIL</code>
        </p>
      ) : state === "asked" ? (
        <p role="status">
          If somebody who may sign in has this address, a link is on its way to it. It works once,
          within 24 hours.
        </p>
      ) : (
        <form
          method="post"
          onSubmit={(event) => void submit(event)}
          className="flex flex-col gap-4"
        >
          <Field label="E-mail" htmlFor="email">
            <Input
              id="email"
              name="email"
              type="email"
              autoComplete="username"
              required
              autoFocus
            />
          </Field>
          {state === "silent" ? (
            <p role="alert" className="text-failed">
              The server did not answer. Check your connection and try again.
            </p>
          ) : null}
          <Button type="submit" variant="primary" disabled={state === "busy"}>
            Send a link
          </Button>
        </form>
      )}
      <Link href="/sign-in" className="text-muted underline underline-offset-2">
        To the sign-in page
      </Link>
    </div>
  );
}
