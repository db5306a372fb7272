import type { Rule } from "./rule.ts";

/** Servers, languages, hosting and delivery, as headers tell them. */
export const SERVERS: readonly Rule[] = [
  { name: "nginx", category: "Server", header: /^server: nginx(?:\/(\d[\d.]*))?/m },
  { name: "Apache", category: "Server", header: /^server: apache(?:\/(\d[\d.]*))?/m },
  { name: "LiteSpeed", category: "Server", header: /^server: litespeed/m },
  { name: "IIS", category: "Server", header: /^server: microsoft-iis(?:\/(\d[\d.]*))?/m },
  { name: "OpenResty", category: "Server", header: /^server: openresty/m },
  { name: "Caddy", category: "Server", header: /^server: caddy/m },
  { name: "PHP", category: "Language", header: /^x-powered-by: .*?php(?:\/(\d[\d.]*))?/m },
  {
    name: "Plesk",
    category: "Hosting panel",
    header: /^x-powered-by(?:-plesk|: pleskwin|: plesklin)/m,
  },
  { name: "Vercel", category: "Hosting", header: /^(?:server: vercel|x-vercel-id)/m },
  { name: "Netlify", category: "Hosting", header: /^(?:server: netlify|x-nf-request-id)/m },
  {
    name: "GitHub Pages",
    category: "Hosting",
    header: /^(?:server: github\.com|x-github-request-id)/m,
  },
  { name: "WP Engine", category: "Hosting", header: /^(?:x-powered-by: wp engine|wpe-backend)/m },
  { name: "Kinsta", category: "Hosting", header: /^(?:x-kinsta-cache|ki-edge)/m },
  { name: "Pantheon", category: "Hosting", header: /^x-pantheon-/m },
  { name: "SiteGround", category: "Hosting", header: /^(?:x-sg-|server: sg)/m },
  { name: "Flywheel", category: "Hosting", header: /^x-fw-(?:server|hash)/m },
  {
    name: "WordPress.com",
    category: "Hosting",
    header: /^(?:x-ac: |host-header: wordpress\.com)/m,
  },
  { name: "Heroku", category: "Hosting", header: /^(?:via: .*vegur|reporting-endpoints: heroku)/m },
  { name: "Cloudflare", category: "CDN", header: /^(?:server: cloudflare|cf-ray)/m },
  { name: "Amazon CloudFront", category: "CDN", header: /^(?:x-amz-cf-id|via: .*cloudfront)/m },
  { name: "Fastly", category: "CDN", header: /^(?:x-fastly-request-id|x-served-by: cache-)/m },
  { name: "Akamai", category: "CDN", header: /^(?:x-akamai-|server: akamaighost)/m },
  { name: "Sucuri", category: "CDN", header: /^(?:server: sucuri|x-sucuri-id)/m },
  { name: "BunnyCDN", category: "CDN", header: /^server: bunnycdn/m },
  {
    name: "Google Cloud",
    category: "Hosting",
    header: /^(?:server: google frontend|via: .*google)/m,
  },
  { name: "Varnish", category: "Cache", header: /^(?:x-varnish|via: .*varnish)/m },
];
