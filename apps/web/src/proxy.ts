import { NextResponse, type NextRequest } from "next/server";
import { env } from "./env.ts";
import { ADDRESS_HEADER } from "./shell/return-address.ts";

const securityPolicy = (nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
    // Widths of progress bars are style attributes, which a nonce cannot allow.
    "style-src 'self' 'unsafe-inline'",
    // No remote images: the browser of a staff member never calls a scraped site.
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${env.NODE_ENV === "development" ? " ws:" : ""}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Puts the security headers on pages, with a nonce of their own for each. */
export function proxy(request: NextRequest): NextResponse {
  const policy = securityPolicy(btoa(crypto.randomUUID()));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(ADDRESS_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  if (env.WEB_URL?.startsWith("https://") === true) {
    response.headers.set("strict-transport-security", "max-age=31536000");
  }
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  return response;
}

export const config = {
  matcher: ["/((?!api/|health|_next/static|_next/image|favicon.ico|icon.svg).*)"],
};
