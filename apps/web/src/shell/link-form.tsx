"use client";

import {
  LINK_HOURS,
  PASSWORD_LENGTH,
  type LinkState,
  type SignInLink,
} from "@scrapersky/api/contract";
import { useEffect, useState, type FormEvent } from "react";
import { Button } from "#ui/button.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { Field, Input } from "#ui/field.tsx";

const ENDPOINT = "/api/auth/sign-in/link";
const NO_ANSWER = "The server did not answer. Check your connection and try again.";

/** Why a link is no good. */
const REASONS: Record<Exclude<LinkState, "open">, string> = {
  used: "This link was used already. If that was you, sign in with the password you chose.",
  expired: `This link has expired: it could be used for ${LINK_HOURS} hours.`,
  replaced: "A newer link was made for you after this one. Open that one.",
  unknown: "This link is not known here. Perhaps it was not copied to its end.",
  disabled: "This account may not sign in. Ask an administrator of your tenant.",
};

const post = (path: string, body: object): Promise<Response> =>
  fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** The token stands behind the #, which no server, log or mail filter is sent. */
const readToken = (): string => location.hash.slice(1);

/** Sets the password of whoever holds a one-time link, and signs in. Looking uses nothing up. */
export function LinkForm() {
  const [token, setToken] = useState<string | null>(null);
  const [link, setLink] = useState<SignInLink | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const read = (): void => setToken(readToken());
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);

  useEffect(() => {
    if (token === null) return undefined;
    let current = true;
    const look = async (): Promise<void> => {
      setLink(null);
      setProblem(null);
      try {
        const answer = await post(`${ENDPOINT}/state`, { token });
        if (!answer.ok) throw new Error(`answered ${answer.status}`);
        const seen = (await answer.json()) as SignInLink;
        if (current) setLink(seen);
      } catch {
        if (current) setProblem(NO_ANSWER);
      }
    };
    void look();
    return () => {
      current = false;
    };
  }, [token]);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get("password");
    setBusy(true);
    setProblem(null);
    try {
      const answer = await post(ENDPOINT, { token, password });
      const told = (await answer.json()) as Partial<SignInLink> & {
        message?: string;
        signedIn?: boolean;
      };
      if (answer.ok) {
        location.assign(told.signedIn === false ? "/sign-in" : "/");
        return;
      }
      if (told.state !== undefined) setLink({ state: told.state, email: told.email ?? null });
      else setProblem(answer.status < 500 && told.message !== undefined ? told.message : NO_ANSWER);
    } catch {
      setProblem(NO_ANSWER);
    }
    setBusy(false);
  };

  if (link === null) return <Waiting problem={problem} />;
  if (link.state !== "open") return <Refusal state={link.state} email={link.email} />;
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label="E-mail" htmlFor="email">
        <Input id="email" type="email" autoComplete="username" value={link.email ?? ""} readOnly />
      </Field>
      <Field
        label="New password"
        htmlFor="password"
        hint={`${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters`}
      >
        <Input
          id="password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={PASSWORD_LENGTH.min}
          maxLength={PASSWORD_LENGTH.max}
          required
          autoFocus
          aria-describedby={problem === null ? "password-hint" : "password-hint link-problem"}
        />
      </Field>
      {problem === null ? null : (
        <p id="link-problem" role="alert" className="text-sm text-failed">
          {problem}
        </p>
      )}
      <Button type="submit" variant="primary" disabled={busy}>
        {busy ? "Signing in…" : "Set password and sign in"}
      </Button>
    </form>
  );
}

/** Before it is known what the link is good for. */
function Waiting({ problem }: { problem: string | null }) {
  if (problem === null) {
    return (
      <p role="status" className="text-sm text-muted">
        Looking at the link…
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <p role="alert" className="text-sm text-failed">
        {problem}
      </p>
      <Button onClick={() => location.reload()}>Try again</Button>
    </div>
  );
}

function Refusal({ state, email }: { state: Exclude<LinkState, "open">; email: string | null }) {
  const mayAsk = state !== "disabled";
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p role="alert">{REASONS[state]}</p>
      {mayAsk ? (
        <p className="text-muted">
          For a new link, ask whoever runs ScraperSky, who types:
          <code className="mt-2 block rounded-md border border-line bg-canvas px-2.5 py-2 font-mono text-xs break-all text-text">
            npm run staff -- link {email ?? "EMAIL"}
          </code>
        </p>
      ) : null}
      <ButtonLink href="/sign-in">To the sign-in page</ButtonLink>
    </div>
  );
}
