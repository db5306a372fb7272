"use client";

import type { LeadDetail, LeadPhone } from "@scrapersky/api/contract";
import { mailLink, stillThere } from "#domain/domain-facts.ts";
import { TelLink } from "#domain/tel-link.tsx";
import { TextLink } from "#domain/text-link.tsx";
import { countOf } from "#format/number.ts";
import { pathOf } from "#format/url.ts";
import { useMay } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Folded } from "#ui/folded.tsx";
import { EmptyState, ErrorCard } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import { Best } from "./best-choice.tsx";
import { EmailList } from "./email-list.tsx";
import { useChangeLead } from "./use-change-lead.ts";

const PHONES_SHOWN = 4;

/** How a business is reached: the best address and number first, then all of them, to choose another. */
export function ReachPanel({ lead }: { lead: LeadDetail }) {
  const mayChoose = useMay("leads:write") && !lead.contactsHidden;
  const email = useChangeLead(lead, async (client, place, value: string | null) => {
    const { best, notes } = await client.leads.chooseEmail.mutate({ ...place, email: value });
    return { bestEmail: best, notes };
  });
  const phone = useChangeLead(lead, async (client, place, value: string | null) => {
    const { best, notes } = await client.leads.choosePhone.mutate({ ...place, e164: value });
    return { bestPhone: best, notes };
  });
  if (lead.contactsHidden) return <HiddenContacts lead={lead} />;
  const { bestEmail, bestPhone } = lead;
  const failure = email.error ?? phone.error;
  const emails = [...lead.emails].sort(
    (one, two) => Number(two.email === bestEmail?.value) - Number(one.email === bestEmail?.value),
  );
  return (
    <Panel>
      {failure === null ? null : <ErrorCard error={failure} className="m-2" />}
      <div className="grid divide-line max-sm:divide-y sm:grid-cols-2 sm:divide-x">
        <Best
          label="Best e-mail"
          best={bestEmail}
          none={lead.reason?.text ?? "No e-mail address was found"}
          onRelease={mayChoose ? () => email.mutate(null) : undefined}
        >
          {bestEmail === null ? null : (
            <TextLink href={mailLink(bestEmail.value)}>{bestEmail.value}</TextLink>
          )}
        </Best>
        <Best
          label="Best phone"
          best={bestPhone}
          none="No phone number was found"
          onRelease={mayChoose ? () => phone.mutate(null) : undefined}
        >
          {bestPhone === null ? null : (
            <TelLink number={bestPhone.value} text={textOf(lead.phones, bestPhone.value)} />
          )}
        </Best>
      </div>
      {lead.emails.length === 0 ? null : (
        <div className="border-t border-line">
          <EmailList
            emails={emails}
            best={bestEmail?.value ?? null}
            onChoose={mayChoose ? (value) => email.mutate(value) : undefined}
          />
        </div>
      )}
      {lead.phones.length === 0 ? null : (
        <div className="border-t border-line">
          <Folded rows={stillThere(lead.phones)} first={PHONES_SHOWN} noun="number">
            {(one) => (
              <PhoneRow
                key={`${one.e164} ${one.fax}`}
                phone={one}
                isBest={one.e164 === bestPhone?.value && !one.fax}
                onChoose={mayChoose && !one.fax ? () => phone.mutate(one.e164) : undefined}
              />
            )}
          </Folded>
        </div>
      )}
    </Panel>
  );
}

const textOf = (phones: LeadPhone[], e164: string): string =>
  phones.find((phone) => phone.e164 === e164)?.text ?? e164;

function PhoneRow({
  phone: { e164, text, fax, label, pages },
  isBest,
  onChoose,
}: {
  phone: LeadPhone;
  isBest: boolean;
  onChoose: (() => void) | undefined;
}) {
  const [page] = pages;
  return (
    <li className="flex items-center gap-3 px-4 py-1.5 text-sm">
      <p className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
        <span className="inline-flex items-center gap-0.5">
          <TelLink number={e164} text={text} />
          <CopyButton value={e164} label={`Copy ${text}`} />
        </span>
        <span className="text-muted">
          {[fax ? "fax" : null, label].filter((word) => word !== null).join(" · ")}
        </span>
        {page === undefined ? null : (
          <span className="text-xs text-muted">
            <ExternalLink href={page} text={pathOf(page)} />
          </span>
        )}
      </p>
      {onChoose === undefined ? null : isBest ? (
        <span className="py-1.5 text-xs text-muted">Best</span>
      ) : (
        <Button variant="ghost" className="text-accent-text!" onClick={onChoose}>
          Use this
          <span className="sr-only">: {text}</span>
        </Button>
      )}
    </li>
  );
}

function HiddenContacts({ lead: { counts } }: { lead: LeadDetail }) {
  return (
    <Panel>
      <EmptyState title="Your role may not read contacts">
        {countOf(counts.emails, "e-mail address", "e-mail addresses")},{" "}
        {countOf(counts.phones, "number")} and {countOf(counts.people, "person", "people")} are kept
        of it. An owner or administrator of this tenant can grant it.
      </EmptyState>
    </Panel>
  );
}
