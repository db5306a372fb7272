"use client";

import type { LeadDetail } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { stillThere } from "#domain/domain-facts.ts";
import { countryName, networkName } from "#format/name.ts";
import { formatCount } from "#format/number.ts";
import { PeekFacts, PeekHead } from "#list/peek-facts.tsx";
import { PeekSkeleton } from "#list/peek-panel.tsx";
import { useApi } from "#trpc/client.tsx";
import { Copyable } from "#ui/copy-button.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Tag } from "#ui/facts.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { leadQuery } from "./lead-queries.ts";

const PEOPLE_SHOWN = 5;
const TECHNOLOGIES_SHOWN = 12;

/** A business beside its list: who it is and how it is reached, before anything else. */
export function LeadPeek({ id }: { id: string }) {
  const query = useQuery(leadQuery(useApi(), id));
  const lead = query.data;
  if (lead === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="border-0" />
    ) : (
      <PeekSkeleton />
    );
  }
  return <LeadInShort lead={lead} />;
}

function LeadInShort({ lead }: { lead: LeadDetail }) {
  const { place, notes } = lead;
  const reason = lead.failure ?? lead.reason;
  return (
    <>
      <PeekHead
        title={lead.business.name ?? lead.displayDomain}
        to={`/domains/${lead.domainId}`}
        open="Open the business"
      >
        <ExternalLink href={`https://${lead.domain}/`} text={lead.displayDomain} />
        {lead.business.kind === null ? null : ` · ${lead.business.kind}`}
      </PeekHead>
      {lead.contactsHidden ? (
        <p className="border-t border-line px-4 py-3 text-sm text-muted">
          {formatCount(lead.counts.emails)} e-mails and {formatCount(lead.counts.phones)} phones are
          hidden: your role does not let you see addresses and numbers.
        </p>
      ) : null}
      {reason === null ? null : (
        <p className="border-t border-line px-4 py-3 text-sm text-muted">{reason.text}</p>
      )}
      <PeekFacts
        facts={[
          { label: "E-mail", value: reached(lead.bestEmail, lead.counts.emails) },
          {
            label: "Phone",
            value: reached(lead.bestPhone, lead.counts.phones, (value) => phoneText(lead, value)),
          },
          {
            label: "Address",
            value:
              stillThere(lead.addresses)[0]?.written ??
              [place.town, place.region].filter(Boolean).join(", "),
          },
          { label: "Country", value: lead.country && countryName(lead.country.code) },
          {
            label: "People",
            value:
              lead.people.length === 0
                ? null
                : lead.people
                    .slice(0, PEOPLE_SHOWN)
                    .map(({ name, title }) => [name, title].filter(Boolean).join(", "))
                    .join(" · "),
          },
          {
            label: "Networks",
            value:
              lead.socials.length === 0 ? null : (
                <span className="flex flex-wrap gap-x-3 gap-y-1">
                  {lead.socials.map(({ network, url }) => (
                    <ExternalLink key={url} href={url} text={networkName(network)} />
                  ))}
                </span>
              ),
          },
          {
            label: "Technology",
            value:
              lead.technologies.length === 0 ? null : (
                <span className="flex flex-wrap gap-1">
                  {lead.technologies.slice(0, TECHNOLOGIES_SHOWN).map(({ name }) => (
                    <Tag key={name}>{name}</Tag>
                  ))}
                </span>
              ),
          },
          { label: "Label", value: notes.label },
          { label: "Note", value: notes.note },
          { label: "Contacted", value: notes.contactedAt && <Ago at={notes.contactedAt} /> },
          { label: "Contact", value: notes.doNotContact ? "Do not contact" : null },
          { label: "Scanned", value: <Ago at={lead.lastScan} /> },
        ]}
      />
    </>
  );
}

/** The best of several with why it is, and how many others there are. */
function reached(
  best: LeadDetail["bestEmail"],
  count: number,
  show: (value: string) => string = (value) => value,
) {
  if (best === null) return null;
  return (
    <>
      <Copyable text={show(best.value)} value={best.value} label={`Copy ${best.value}`} strong />
      <p className="text-xs text-muted">
        {best.rule}
        {count > 1 ? ` ${formatCount(count - 1)} more on its page.` : ""}
      </p>
    </>
  );
}

const phoneText = ({ phones }: LeadDetail, e164: string): string =>
  phones.find((phone) => phone.e164 === e164)?.text ?? e164;
