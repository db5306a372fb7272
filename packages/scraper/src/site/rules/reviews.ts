import { products } from "./rule.ts";

/** What others say of the business, shown on its site. */
export const REVIEWS = products("Reviews", {
  Trustpilot: {
    loads: ["widget.trustpilot.com"],
    marks: ["trustpilot-widget"],
    links: ["trustpilot.com/review/*", "de.trustpilot.com/review/*", "fr.trustpilot.com/review/*"],
  },
  "Trusted Shops": {
    loads: ["widgets.trustedshops.com", "etrusted.com"],
    links: ["trustedshops.de/bewertung/*", "trustedshops.com/buyerrating/*"],
  },
  Elfsight: {
    loads: ["elfsight.com", "elfsightcdn.com"],
    attributes: ["data-elfsight-app-lazy", "data-elfsight-app"],
  },
  ProvenExpert: {
    loads: ["provenexpert.com", "provenexpert.net"],
    links: ["provenexpert.com/*"],
  },
  Yotpo: { loads: ["yotpo.com"], marks: ["yotpo-widget-instance"] },
  "Judge.me": { loads: ["judge.me"], marks: ["jdgm-widget"] },
  Birdeye: { loads: ["birdeye.com"] },
  "Reviews.io": { loads: ["widget.reviews.io", "widget.reviews.co.uk"] },
  Feefo: { loads: ["feefo.com"] },
  Bazaarvoice: { loads: ["bazaarvoice.com"] },
  PowerReviews: { loads: ["ui.powerreviews.com"] },
  Stamped: { loads: ["stamped.io"] },
  Loox: { loads: ["loox.io"] },
  Okendo: { loads: ["okendo.io"] },
  Junip: { loads: ["scripts.juniphq.com"] },
  eKomi: { loads: ["ekomi.com", "ekomi.de", "ekomiapps.de"] },
  Trustindex: { loads: ["cdn.trustindex.io"], plugins: ["wp-reviews-plugin-for-google"] },
  NiceJob: { loads: ["cdn.nicejob.co", "app.nicejob.co"] },
  "Shopper Approved": { loads: ["shopperapproved.com"] },
  Senja: { loads: ["senja.io"], marks: ["senja-embed"] },
  Testimonial: { loads: ["testimonial.to"] },
  EmbedSocial: { loads: ["embedsocial.com"] },
  SociableKIT: { loads: ["widgets.sociablekit.com"] },
  Broadly: { loads: ["embed.broadly.com"] },
  Kiyoh: { loads: ["kiyoh.com"] },
  WebwinkelKeur: { loads: ["webwinkelkeur.nl"] },
  "Avis Vérifiés": { loads: ["avis-verifies.com", "widgets.rr.skeepers.io"] },
  "AUSGEZEICHNET.ORG": { loads: ["ausgezeichnet.org"] },
});

/** Feeds, posts and buttons of networks on a page. */
export const SOCIAL_WIDGETS = products("Social widget", {
  AddThis: { loads: ["s7.addthis.com"] },
  ShareThis: { loads: ["platform-api.sharethis.com", "w.sharethis.com"] },
  AddToAny: { loads: ["static.addtoany.com"] },
  "Smash Balloon": {
    plugins: ["instagram-feed", "instagram-feed-pro", "custom-facebook-feed"],
    implies: ["WordPress"],
  },
  "Curator.io": { loads: ["cdn.curator.io"] },
  Juicer: { loads: ["juicer.io"] },
  LightWidget: { loads: ["lightwidget.com"] },
  SnapWidget: { loads: ["snapwidget.com"] },
  Behold: { loads: ["w.behold.so"] },
  Flockler: { loads: ["plugins.flockler.com"] },
  Taggbox: { loads: ["widget.taggbox.com"] },
  "Instagram embed": { loads: ["instagram.com/embed.js"] },
  "Facebook plugins": { loads: ["connect.facebook.net/*/sdk.js", "facebook.com/plugins"] },
  "X embed": { loads: ["platform.twitter.com"] },
  Linktree: { links: ["linktr.ee/*"] },
});

const EVENTBRITE =
  "com co.uk de at ch ca com.au fr es it nl se be ie com.br com.mx co.nz sg hk pt dk fi".split(" ");

export const EVENTS = products("Events and tickets", {
  Eventbrite: {
    loads: ["eventbrite.com/static", "eventbrite.co.uk/static", "eventbrite.de/static"],
    links: EVENTBRITE.flatMap((ending) => [`eventbrite.${ending}/e/*`, `eventbrite.${ending}/o/*`]),
  },
  "Ticket Tailor": {
    loads: ["cdn.tickettailor.com"],
    links: ["tickettailor.com/events/*", "buytickets.at/*"],
  },
  Tito: { loads: ["js.tito.io"], links: ["ti.to/*"] },
  Humanitix: { links: ["events.humanitix.com/*"] },
  pretix: { loads: ["pretix.eu"], links: ["pretix.eu/*"] },
  Luma: { loads: ["embed.lu.ma"], links: ["lu.ma/*"] },
  Weezevent: { loads: ["widget.weezevent.com"], links: ["my.weezevent.com/*"] },
  Bandsintown: { loads: ["bandsintown.com"] },
  Peatix: { links: ["*.peatix.com", "peatix.com/event/*"] },
  Sympla: { links: ["sympla.com.br/*"] },
  "The Events Calendar": {
    plugins: ["the-events-calendar"],
    marks: ["tribe-events"],
    implies: ["WordPress"],
  },
  "Events Manager": { plugins: ["events-manager"], implies: ["WordPress"] },
  "Modern Events Calendar": {
    plugins: ["modern-events-calendar", "modern-events-calendar-lite"],
    implies: ["WordPress"],
  },
});
