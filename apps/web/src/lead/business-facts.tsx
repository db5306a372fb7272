"use client";

import type { DomainDetail, LeadDetail } from "@scrapersky/api/contract";
import { Link } from "#ui/link.tsx";
import { stillThere, siteUrlText } from "#domain/domain-facts.ts";
import { TelLink } from "#domain/tel-link.tsx";
import { TextLink } from "#domain/text-link.tsx";
import { mailLink } from "#domain/domain-facts.ts";
import { countryName, languageName, networkName, readableWord } from "#format/name.ts";
import { usePath } from "#shell/me.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Facts, Tag } from "#ui/facts.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";

const languagesOf = ({ languages: { site, pages } }: LeadDetail): string | undefined =>
  [...new Set([site, ...pages])]
    .filter((tag) => tag !== null)
    .map(languageName)
    .join(", ") || undefined;

/** Who a business is and where: its people, places, accounts and what else its site says of it. */
export function BusinessFacts({ domain, lead }: { domain: DomainDetail; lead: LeadDetail }) {
  const path = usePath();
  const { business, country, sameBusiness, contactsHidden } = lead;
  const [people, addresses, socials] = [
    stillThere(lead.people),
    stillThere(lead.addresses),
    stillThere(lead.socials),
  ];
  return (
    <Panel>
      <Facts
        facts={[
          {
            label: "Address",
            value: contactsHidden
              ? [lead.place.town, lead.place.region].filter(Boolean).join(", ") || undefined
              : addresses.length === 0
                ? undefined
                : addresses.map(({ written }) => (
                    <p key={written} className="flex items-center gap-1">
                      <span className="min-w-0 whitespace-pre-line">{written}</span>
                      <span className="-my-1">
                        <CopyButton value={written} label={`Copy ${written}`} />
                      </span>
                    </p>
                  )),
          },
          {
            label: "People",
            value:
              people.length === 0
                ? undefined
                : people.map(({ name, title, email, phone, profileUrl, page }) => (
                    <p key={name} className="flex flex-wrap gap-x-2">
                      <ExternalLink href={profileUrl ?? page} text={name} />
                      {title === null ? null : <span className="text-muted">{title}</span>}
                      {email === null ? null : (
                        <TextLink href={mailLink(email)} className="lg:figures wrap-anywhere">
                          {email}
                        </TextLink>
                      )}
                      {phone === null ? null : <TelLink text={phone} />}
                    </p>
                  )),
          },
          {
            label: "Accounts",
            value:
              socials.length === 0 ? undefined : (
                <span className="flex flex-wrap gap-x-4 gap-y-1">
                  {socials.map(({ network, account, url }) => (
                    <span key={url} data-hint={account}>
                      <ExternalLink href={url} text={networkName(network)} />
                    </span>
                  ))}
                </span>
              ),
          },
          { label: "Kind", value: business.kind ?? undefined },
          { label: "Legal name", value: business.legalName ?? undefined },
          {
            label: "Country",
            value: country === null ? undefined : countryWords(country),
          },
          { label: "Languages", value: languagesOf(lead) },
          {
            label: "Has",
            value:
              lead.signals.length === 0 ? undefined : (
                <span className="flex flex-wrap gap-1.5">
                  {lead.signals.map((signal) => (
                    <Tag key={signal}>{readableWord(signal)}</Tag>
                  ))}
                </span>
              ),
          },
          {
            label: "Site",
            value:
              domain.finalUrl === null ? undefined : (
                <>
                  <ExternalLink
                    href={domain.finalUrl}
                    text={siteUrlText(domain.finalUrl, domain)}
                    className="figures"
                  />
                  <p className="mt-0.5">{domain.title ?? "This site gives no title"}</p>
                  {domain.description === null ? null : (
                    <p className="mt-0.5 text-muted">{domain.description}</p>
                  )}
                </>
              ),
          },
          ...(sameBusiness.length === 0
            ? []
            : [
                {
                  label: "Also at",
                  value: (
                    <span className="flex flex-wrap gap-x-3">
                      {sameBusiness.map(({ domainId, displayDomain }) => (
                        <Link
                          key={domainId}
                          href={path(`/domains/${domainId}`)}
                          className="figures text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
                        >
                          {displayDomain}
                        </Link>
                      ))}
                    </span>
                  ),
                },
              ]),
          { label: "First seen", value: <Ago at={lead.firstScan} /> },
          ...(lead.siteChangedAt === null
            ? []
            : [{ label: "Site changed", value: <Ago at={lead.siteChangedAt} /> }]),
          ...(lead.capped.length === 0
            ? []
            : [
                {
                  label: "Left out",
                  value: `The site has more than is kept: ${lead.capped.map((kind) => readableWord(kind).toLowerCase()).join(", ")}.`,
                },
              ]),
        ]}
      />
    </Panel>
  );
}

const countryWords = ({
  code,
  confidence,
  signs,
}: NonNullable<LeadDetail["country"]>): React.ReactNode => (
  <>
    {countryName(code)}
    <span className="text-muted">
      {confidence === "weak" ? ", a weak guess" : confidence === "likely" ? ", likely" : null}
      {signs.length === 0
        ? null
        : ` (${signs.map(({ sign }) => readableWord(sign).toLowerCase()).join(", ")})`}
    </span>
  </>
);
