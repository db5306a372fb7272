/**
 * Why a domain could not be scraped, with the sentence for people. The union is closed: each code is stored on the job,
 * so a new one is added here, and an old one is never renamed.
 */
export const FailureReasons = {
  invalid_domain: "This is not the name of a public web site.",
  dns_not_found: "The domain name does not exist.",
  dns_error: "The domain name could not be looked up.",
  connect_refused: "The server refused the connection.",
  conn_reset: "The server closed the connection before it answered.",
  tls_error: "The site's certificate could not be trusted and it does not answer over plain HTTP.",
  timeout: "The site did not answer in time.",
  redirect_loop: "The site redirects in a circle or too many times.",
  blocked_scheme: "The site redirects to an address that is not a web page.",
  blocked_address:
    "The name leads to a private or reserved network address, which is never visited.",
  blocked_port: "The site redirects to a port other than 80 and 443, which is never visited.",
  too_large: "The page unpacks to more data than is accepted.",
  bad_encoding: "The page is compressed in a way that cannot be read.",
  bad_http: "The server's answer is not valid HTTP.",
  blocked_http: "The site refuses automatic visitors.",
  bot_protection: "A bot protection page stands in front of the site.",
  http_error: "The site answered with an error.",
  rate_limited: "The site asked to come back later.",
  not_html: "The home page is not a web page but another kind of file.",
} as const;

/** Key of {@link FailureReasons}. */
export type ScrapeCode = keyof typeof FailureReasons;

/** Remarks on a scrape that succeeded; they are stored on the domain, and told by those who show it. */
export type ScrapeFlag =
  | "offsite_redirect"
  | "framed"
  | "frame_unread"
  | "partial"
  | "truncated"
  | "empty"
  | "parked"
  | "js_redirect"
  | "needs_js"
  | "robots_disallowed"
  | "crawl_delay"
  | "tls_invalid";

/**
 * Why a visit that ended well found no way to reach the business, or little else, with the sentence for people. Closed like the
 * reasons of failures; of several that hold, the first one of this list is told.
 */
export const ThinReasons = {
  parked: "The domain is parked, for sale, suspended or shows a server's default page.",
  robots: "The site's robots.txt keeps visitors like us out.",
  empty: "The home page is empty.",
  frame: "The site only frames another site, which could not be read.",
  js_redirect: "The home page sends its visitors elsewhere by a script, which is not run.",
  needs_js: "The pages are drawn by scripts, which are not run.",
  blocked: "A bot protection stood in front of the other pages.",
  interrupted: "The visit ended before its pages were read.",
  crawl_delay:
    "The site asks for very long pauses between visits, so only its home page was read, which names no way to reach it.",
  form_only:
    "The site can be written to by a form only: it names no e-mail address and no phone number.",
  no_contact: "The pages that were read name no e-mail address, no phone number and no form.",
} as const;

/** Key of {@link ThinReasons}. */
export type ThinReason = keyof typeof ThinReasons;
