import type { SocialNetwork } from "@scrapersky/outcome";
import type { Done } from "./visit-site.ts";

/** What an outcome tells, in the short words of the catalogue of fake sites: facts of the site, and values of the lead. */
export function told({ site, lead }: Pick<Done, "site" | "lead">) {
  const socialUrl = (network: SocialNetwork) =>
    lead.socials.find((social) => social.network === network)?.url ?? null;
  return {
    ...site,
    emails: lead.emails.map(({ email }) => email),
    phones: lead.phones.map(({ e164 }) => e164),
    addresses: lead.addresses.map(({ written }) => written),
    social: {
      facebook: socialUrl("facebook"),
      twitter: socialUrl("x"),
      linkedin: socialUrl("linkedin"),
      instagram: socialUrl("instagram"),
      youtube: socialUrl("youtube"),
    },
    technologies: lead.technologies.map(({ name }) => name),
    countryCode: lead.country?.confidence === "weak" ? null : (lead.country?.code ?? null),
    language: lead.languages.site,
    businessType: lead.business.kind,
    lastModified: lead.signals.lastModified,
    hasCookieNotice: lead.signals.cookieNotice,
    hasPrivacyPolicy: lead.signals.privacyPolicy,
    hasEcommerce: lead.signals.shop,
  };
}
