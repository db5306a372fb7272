/** The people behind a fake site; every skin draws the same business in its own markup. */
export interface Business {
  host: string;
  name: string;
  /** As it is registered, where the site says so. */
  legalName?: string;
  tagline: string;
  description: string;
  language: string;
  phone: string;
  email: string;
  /** Further addresses that appear on the contact page. */
  people: { name: string; role: string; email?: string }[];
  address: { street: string; city: string; region?: string; postal: string; country: string };
  hours: { days: string; opens: string; closes: string }[];
  social: Partial<Record<"facebook" | "twitter" | "linkedin" | "instagram" | "youtube", string>>;
  intro: string[];
  about: string[];
  services: { name: string; text: string; price?: string }[];
  quotes: { text: string; by: string }[];
  founded: number;
}

export interface Page {
  path: string;
  title: string;
  description?: string;
  heading: string;
  kind: "home" | "about" | "services" | "contact" | "privacy" | "post" | "imprint" | "plain";
}

const week = (opens: string, closes: string) => [
  { days: "Monday Tuesday Wednesday Thursday Friday", opens, closes },
];

/** Draws up a business from its few facts and its own words. */
export const business = (
  facts: Pick<
    Business,
    | "host"
    | "name"
    | "tagline"
    | "description"
    | "phone"
    | "email"
    | "address"
    | "intro"
    | "about"
    | "services"
  > &
    Partial<Business>,
): Business => ({
  language: "en-US",
  people: [],
  hours: week("09:00", "17:00"),
  social: {},
  quotes: [],
  founded: 2009,
  ...facts,
});

/** Words of the interface a site is written in. */
export interface Words {
  home: string;
  about: string;
  services: string;
  contact: string;
  privacy: string;
  hours: string;
  call: string;
  write: string;
  name: string;
  email: string;
  message: string;
  send: string;
  rights: string;
}

export const ENGLISH: Words = {
  home: "Home",
  about: "About us",
  services: "Services",
  contact: "Contact",
  privacy: "Privacy Policy",
  hours: "Opening hours",
  call: "Call us",
  write: "Write to us",
  name: "Your name",
  email: "Your e-mail",
  message: "How can we help?",
  send: "Send message",
  rights: "All rights reserved.",
};

/** How one kind of site dresses its pages. */
export interface Skin {
  document(business: Business, page: Page, main: string, pages: Page[], words: Words): string;
  section(heading: string, inner: string): string;
  form(business: Business, words: Words): string;
  image(business: Business, file: string, alt: string): string;
}

export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

export const paragraphs = (texts: string[]): string =>
  texts.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n");

export const oneLine = (address: Business["address"]): string =>
  `${address.street}, ${address.city}${address.region ? `, ${address.region}` : ""} ${address.postal}`;

/** schema.org data of the business, as its owner's plugin would print it. */
export function structuredData(
  business: Business,
  type: string,
  extra: Record<string, unknown> = {},
): string {
  return JSON.stringify({
    "@context": "https://schema.org",
    "@type": type,
    name: business.name,
    description: business.description,
    url: `https://${business.host}/`,
    telephone: business.phone,
    email: business.email,
    address: {
      "@type": "PostalAddress",
      streetAddress: business.address.street,
      addressLocality: business.address.city,
      ...(business.address.region ? { addressRegion: business.address.region } : {}),
      postalCode: business.address.postal,
      addressCountry: business.address.country,
    },
    openingHoursSpecification: business.hours.map(({ days, opens, closes }) => ({
      "@type": "OpeningHoursSpecification",
      dayOfWeek: days.split(" "),
      opens,
      closes,
    })),
    sameAs: Object.values(business.social),
    ...extra,
  });
}

/** "Monday Tuesday Wednesday" as "Monday – Wednesday". */
const dayRange = (days: string): string => {
  const list = days.split(" ");
  return list.length > 2 ? `${list[0]} – ${list.at(-1)}` : list.join(", ");
};

/** The inside of a page: what this business says on it. */
export function mainOf(skin: Skin, business: Business, page: Page, words: Words): string {
  const { section, image } = skin;
  const services = business.services
    .map(
      (service, index) =>
        `<div class="service-item"><h3>${escapeHtml(service.name)}</h3>${image(business, `service-${index + 1}.jpg`, service.name)}<p>${escapeHtml(service.text)}</p>${service.price ? `<p class="price">${escapeHtml(service.price)}</p>` : ""}</div>`,
    )
    .join("\n");
  const quotes = business.quotes
    .map(
      (quote) =>
        `<blockquote><p>${escapeHtml(quote.text)}</p><cite>${escapeHtml(quote.by)}</cite></blockquote>`,
    )
    .join("\n");
  const hours = `<table class="hours"><tbody>${business.hours.map((hour) => `<tr><th>${dayRange(hour.days)}</th><td>${hour.opens} – ${hour.closes}</td></tr>`).join("")}</tbody></table>`;
  const reach = `<address>${escapeHtml(oneLine(business.address))}</address><p>${words.call}: <a href="tel:${business.phone.replace(/[^+\d]/g, "")}">${escapeHtml(business.phone)}</a></p><p>${words.write}: <a href="mailto:${business.email}?subject=Website">${business.email}</a></p>`;
  switch (page.kind) {
    case "home":
      return [
        section(business.tagline, paragraphs(business.intro)),
        section(words.services, services),
        section(words.about, paragraphs(business.about.slice(0, 1))),
        quotes === "" ? "" : section("♥", quotes),
        section(words.contact, reach + hours),
      ].join("\n");
    case "about":
      return (
        section(page.heading, paragraphs(business.about)) +
        section(
          business.name,
          business.people
            .map(
              (person) =>
                `<div class="team-member">${image(business, `${person.name.toLowerCase().replace(/\W+/g, "-")}.jpg`, person.name)}<h3>${escapeHtml(person.name)}</h3><p>${escapeHtml(person.role)}</p></div>`,
            )
            .join("\n"),
        )
      );
    case "services":
      return section(page.heading, services);
    case "contact":
      return (
        section(page.heading, reach) +
        section(
          words.write,
          business.people
            .filter((person) => person.email)
            .map(
              (person) =>
                `<p>${escapeHtml(person.role)}: ${escapeHtml(person.name)}, ${person.email}</p>`,
            )
            .join("") + skin.form(business, words),
        ) +
        section(words.hours, hours)
      );
    case "privacy":
      return section(
        page.heading,
        paragraphs(PRIVACY.map((text) => text.replaceAll("{name}", business.name))),
      );
    case "imprint":
      return section(
        page.heading,
        `<p>${escapeHtml(business.name)}<br>${escapeHtml(business.people[0]?.name ?? "")}<br>${escapeHtml(business.address.street)}<br>${business.address.postal} ${escapeHtml(business.address.city)}</p>${reach}<p>USt-IdNr.: DE 811 907 980<br>Handelsregister: HRB 20451</p>`,
      );
    default:
      return (
        section(page.heading, paragraphs([...business.intro, ...business.about])) +
        section(words.contact, reach)
      );
  }
}

const PRIVACY = [
  "{name} respects your privacy. This policy explains what we collect when you visit this site or write to us, and what we do with it.",
  "We collect the name, e-mail address and message you enter in the contact form. We use them to answer you and delete them after twelve months.",
  "Our server keeps access logs for thirty days. They hold your network address, the page you asked for and the time, and are used to keep the service running.",
  "We use cookies to count visits. You can refuse them in the banner at the bottom of each page; nothing on this site depends on them.",
  "You may ask us at any time what we hold about you, and have it corrected or erased. Write to the address on the contact page.",
];
