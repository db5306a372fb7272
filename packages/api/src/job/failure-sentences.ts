/** Code of a line that names no web site; its job has failed before it could start. */
export const INVALID_DOMAIN = "invalid_domain";

/** Code of a scan whose facts the database refuses, and would refuse every time. */
export const STORAGE_FAILED = "storage_failed";

/** One sentence per reason a job can fail with, for groups of failures. */
const FAILURE_SENTENCES: Record<string, string> = {
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
  robots_disallowed: "Skipped: robots.txt does not allow it.",
  worker_lost: "The worker stopped in the middle of this site, on every try.",
  storage_failed:
    "The database refused what was found on this site. The worker's log has the reason; `npm run db -- drift` tells what stands in the way.",
  internal_error: "Something in our own program went wrong on this site.",
};

export const sentenceOf = (code: string): string =>
  FAILURE_SENTENCES[code] ?? "The site could not be scraped.";
