"use client";

import type { LeadEmail } from "@scrapersky/api/contract";
import { mailLink } from "#domain/domain-facts.ts";
import { TextLink } from "#domain/text-link.tsx";
import { countOf } from "#format/number.ts";
import { pathOf } from "#format/url.ts";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Ago } from "#ui/time.tsx";

const KINDS: Record<LeadEmail["kind"], string | null> = {
  role: "office",
  person: "person",
  other: null,
};

const TAKES_MAIL: Record<NonNullable<LeadEmail["takesMail"]>, string | null> = {
  yes: "takes mail",
  no: "takes no mail",
  unknown: null,
};

const HIDDEN: Record<NonNullable<LeadEmail["hidden"]>, string | null> = {
  plain: null,
  mailto: null,
  encoded: "was encoded",
  written: "was written out",
  data: "was in the page's data",
};

const wordsOf = ({ kind, free, ownDomain, takesMail, hidden, person }: LeadEmail): string[] =>
  [
    person === null ? null : [person.name, person.title].filter(Boolean).join(", "),
    person === null ? KINDS[kind] : null,
    free ? "free mail" : ownDomain ? null : "other domain",
    takesMail === null ? null : TAKES_MAIL[takesMail],
    hidden === null ? null : HIDDEN[hidden],
  ].filter((word) => word !== null);

/** E-mail addresses of a business, each with whose it is and where it stood. */
export function EmailList({
  emails,
  best,
  onChoose,
}: {
  emails: LeadEmail[];
  best: string | null;
  /** Left out where the reader may not choose. */
  onChoose: ((email: string) => void) | undefined;
}) {
  return (
    <ul aria-label="E-mail addresses" className="divide-y divide-line">
      {emails.map((email) => (
        <li key={email.id} className="flex items-start gap-3 px-4 py-2 text-sm">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-2">
              <span className="inline-flex min-w-0 items-center gap-0.5">
                {email.goneAt === null ? (
                  <TextLink
                    href={mailLink(email.email)}
                    className="lg:figures min-w-0 wrap-anywhere"
                  >
                    {email.email}
                  </TextLink>
                ) : (
                  <s className="lg:figures min-w-0 text-muted wrap-anywhere">{email.email}</s>
                )}
                <CopyButton value={email.email} label={`Copy ${email.email}`} />
              </span>
              <span className="text-muted">{wordsOf(email).join(" · ")}</span>
            </p>
            <EmailPlace email={email} />
          </div>
          {email.goneAt === null && onChoose !== undefined ? (
            email.email === best ? (
              <span className="py-1.5 text-xs text-muted">Best</span>
            ) : (
              <Button
                variant="ghost"
                className="text-accent-text!"
                onClick={() => onChoose(email.email)}
              >
                Use this
                <span className="sr-only">: {email.email}</span>
              </Button>
            )
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function EmailPlace({ email: { context, pages, firstSeen, goneAt } }: { email: LeadEmail }) {
  const [page] = pages;
  return (
    <p className="text-xs text-muted">
      {context === null ? null : <span className="line-clamp-2">“{context}”</span>}
      {page === undefined ? null : (
        <>
          <ExternalLink href={page} text={pathOf(page)} />
          {pages.length > 1 ? ` and ${countOf(pages.length - 1, "more page")}` : null} ·{" "}
        </>
      )}
      {goneAt === null ? (
        <>
          since <Ago at={firstSeen} />
        </>
      ) : (
        <>
          gone since <Ago at={goneAt} />
        </>
      )}
    </p>
  );
}
