import { products } from "./rule.ts";

/** Who asks before cookies are set. */
export const CONSENT = products("Consent", {
  CookieYes: {
    loads: ["cdn-cookieyes.com"],
    plugins: ["cookie-law-info"],
    marks: ["cky-consent-container", "cookie-law-info-bar"],
  },
  Cookiebot: {
    loads: ["consent.cookiebot.com", "consent.cookiebot.eu"],
    attributes: ["data-cbid"],
  },
  OneTrust: {
    loads: ["cdn.cookielaw.org", "cookie-cdn.cookiepro.com"],
    words: ["OptanonWrapper"],
  },
  Usercentrics: { loads: ["usercentrics.eu"], attributes: ["data-usercentrics"] },
  "Borlabs Cookie": {
    plugins: ["borlabs-cookie"],
    marks: ["BorlabsCookieBox"],
    implies: ["WordPress"],
  },
  Complianz: {
    plugins: ["complianz-gdpr", "complianz-gdpr-premium"],
    marks: ["cmplz-cookiebanner"],
    implies: ["WordPress"],
  },
  "Real Cookie Banner": {
    plugins: ["real-cookie-banner", "real-cookie-banner-pro"],
    words: ["realCookieBanner"],
    implies: ["WordPress"],
  },
  consentmanager: { loads: ["consentmanager.net"], attributes: ["data-cmp-ab"] },
  CCM19: { loads: ["ccm19.de"], paths: ["/ccm19/"] },
  iubenda: {
    loads: ["cdn.iubenda.com", "cs.iubenda.com", "embeds.iubenda.com"],
    words: ["_iub.csConfiguration"],
    links: ["iubenda.com/privacy-policy/*"],
  },
  Termly: { loads: ["app.termly.io"], links: ["app.termly.io/document"] },
  Osano: { loads: ["cmp.osano.com"] },
  "Cookie Consent": { files: ["cookieconsent"], words: ["cookieconsent.initialise"] },
  Didomi: { loads: ["sdk.privacy-center.org"], words: ["didomiConfig"] },
  Axeptio: { loads: ["static.axept.io"], words: ["axeptioSettings"] },
  tarteaucitron: {
    loads: ["tarteaucitron.io"],
    files: ["tarteaucitron"],
    words: ["tarteaucitron.init"],
  },
  Klaro: { files: ["klaro"], words: ["klaroConfig"] },
  "InMobi CMP": { loads: ["cmp.inmobi.com", "quantcast.mgr.consensu.org"] },
  TrustArc: { loads: ["consent.trustarc.com"] },
  "Civic Cookie Control": { loads: ["cc.cdn.civiccomputing.com"] },
  "Cookie Script": { loads: ["cdn.cookie-script.com"] },
  CookieFirst: { loads: ["consent.cookiefirst.com"] },
  CookieHub: { loads: ["cookiehub.net", "cookiehub.eu"] },
  "Cookie Notice": { loads: ["cdn.hu-manity.co"], plugins: ["cookie-notice"] },
  "GDPR Cookie Compliance": { plugins: ["gdpr-cookie-compliance"], implies: ["WordPress"] },
  Sourcepoint: { loads: ["cdn.privacy-mgmt.com"] },
  Enzuzo: { loads: ["app.enzuzo.com"] },
  "Secure Privacy": { loads: ["app.secureprivacy.ai"] },
  Ketch: { loads: ["global.ketchcdn.com"] },
  "Cookie Information": { loads: ["policy.app.cookieinformation.com"] },
  "Google Funding Choices": { loads: ["fundingchoicesmessages.google.com"] },
  AdOpt: { loads: ["tag.goadopt.io"] },
});

/** Layers over a site for people who see, hear or read less. */
export const ACCESSIBILITY = products("Accessibility", {
  accessiBe: { loads: ["acsbapp.com", "acsbap.com"], words: ["acsbJS"] },
  UserWay: { loads: ["cdn.userway.org"] },
  AudioEye: { loads: ["audioeye.com"] },
  EqualWeb: { loads: ["cdn.equalweb.com"] },
  "Recite Me": { loads: ["api.reciteme.com"] },
  ReadSpeaker: { loads: ["readspeaker.com"] },
  "Eye-Able": { loads: ["cdn.eye-able.com"] },
  ReachDeck: { loads: ["browsealoud.com"] },
  "One Click Accessibility": { plugins: ["pojo-accessibility"], implies: ["WordPress"] },
  VLibras: { loads: ["vlibras.gov.br"] },
  "Hand Talk": { loads: ["plugin.handtalk.me"] },
});

export const TRANSLATION = products("Translation", {
  Weglot: { loads: ["cdn.weglot.com"], plugins: ["weglot"], words: ["Weglot.initialize"] },
  WPML: {
    generators: ["WPML"],
    plugins: ["sitepress-multilingual-cms"],
    implies: ["WordPress"],
  },
  Polylang: { plugins: ["polylang", "polylang-pro"], implies: ["WordPress"] },
  TranslatePress: { plugins: ["translatepress-multilingual"], implies: ["WordPress"] },
  GTranslate: {
    loads: ["cdn.gtranslate.net"],
    plugins: ["gtranslate"],
    words: ["gtranslateSettings"],
  },
  "Google Translate": { loads: ["translate.google.com/translate_a"] },
  Localize: { loads: ["global.localizecdn.com"] },
  ConveyThis: { loads: ["cdn.conveythis.com"] },
  Linguise: { loads: ["static.linguise.com"] },
  WOVN: { loads: ["j.wovn.io"] },
});
