import type {
  AddressFacts,
  EmailFacts,
  LeadFacts,
  SocialNetwork,
  TechnologyFacts,
} from "@scrapersky/outcome";

/** A product that a site uses, as `tech_stack` keeps it. */
type Technology = Pick<TechnologyFacts, "name" | "category" | "version">;

/** Type of a mailbox in table `contacts`. */
export type EmailType = "Service" | "Corporate" | "Free" | "Unknown";

/** What the real columns of a domain keep of its lead. */
export function toLeadColumns(lead: LeadFacts) {
  const { signals, languages } = lead;
  const socialUrl = (network: SocialNetwork): string | null =>
    lead.socials.find((social) => social.network === network)?.url ?? null;
  return {
    language: languages.site,
    primaryLanguage: languages.site?.split("-")[0]?.toLowerCase() ?? null,
    contentLanguage: languages.pages,
    countryCode:
      lead.country === null || lead.country.confidence === "weak" ? null : lead.country.code,
    lastModified:
      signals.lastModified === null ? null : new Date(signals.lastModified).toISOString(),
    hasCookieNotice: signals.cookieNotice,
    hasPrivacyPolicy: signals.privacyPolicy,
    hasEcommerce: signals.shop,
    businessType: lead.business.kind,
    techStack: lead.technologies.map(({ name, category, version }): Technology => ({
      name,
      category,
      version,
    })),
    phoneNumbers: lead.phones.map(({ e164 }) => e164),
    emailAddresses: lead.emails.map(({ email }) => email),
    physicalAddresses: lead.addresses.map(({ written }: AddressFacts) => written),
    facebookUrl: socialUrl("facebook"),
    twitterUrl: socialUrl("x"),
    linkedinUrl: socialUrl("linkedin"),
    instagramUrl: socialUrl("instagram"),
    youtubeUrl: socialUrl("youtube"),
  };
}

/** The type of mailbox as table `contacts` tells it: there a free provider says more than a role. */
export function toEmailType({ free, kind }: EmailFacts): EmailType {
  if (free) return "Free";
  return kind === "role" ? "Service" : "Corporate";
}
