import { products } from "./rule.ts";

/** Servers, languages, hosting and delivery, as headers tell them. */
export const SERVERS = [
  ...products("Server", {
    nginx: { headers: ["server: nginx"] },
    Apache: { headers: ["server: apache"] },
    LiteSpeed: { headers: ["server: litespeed"] },
    IIS: { headers: ["server: microsoft-iis"] },
    OpenResty: { headers: ["server: openresty"] },
    Caddy: { headers: ["server: caddy"] },
    Kestrel: { headers: ["server: kestrel"] },
    Gunicorn: { headers: ["server: gunicorn"] },
  }),
  ...products("Language", {
    PHP: { headers: ["x-powered-by: *php"], cookies: ["PHPSESSID"] },
    Java: { cookies: ["JSESSIONID"] },
  }),
  ...products("Hosting panel", {
    Plesk: { headers: ["x-powered-by-plesk", "x-powered-by: *plesk"] },
  }),
  ...products("Hosting", {
    Vercel: { headers: ["server: vercel", "x-vercel-id"] },
    Netlify: { headers: ["server: netlify", "x-nf-request-id"] },
    "GitHub Pages": { headers: ["server: github.com", "x-github-request-id"] },
    "WP Engine": { headers: ["x-powered-by: wp engine", "wpe-backend"] },
    Kinsta: { headers: ["x-kinsta-cache", "ki-edge"] },
    Pantheon: { headers: ["x-pantheon-styx-hostname"] },
    SiteGround: { headers: ["sg-f-cache", "x-sg-id"] },
    Flywheel: { headers: ["x-fw-server", "x-fw-hash"] },
    "WordPress.com": { headers: ["host-header: wordpress.com", "x-ac"] },
    "WordPress VIP": { headers: ["x-powered-by: wordpress vip"] },
    Heroku: { headers: ["via: *vegur", "reporting-endpoints: heroku"] },
    "Google Cloud": { headers: ["server: google frontend", "via: *google"] },
    "Amazon Web Services": { headers: ["server: awselb", "server: amazons3"] },
    "Microsoft Azure": { cookies: ["ARRAffinity"] },
    Render: { headers: ["x-render-origin-server"] },
    "Fly.io": { headers: ["fly-request-id"] },
    Hostinger: { headers: ["platform: hostinger", "panel: hpanel"] },
    Acquia: { headers: ["x-ah-environment"] },
    "Platform.sh": { headers: ["x-platform-cluster"] },
  }),
  ...products("CDN", {
    Cloudflare: { headers: ["server: cloudflare", "cf-ray"] },
    "Amazon CloudFront": { headers: ["x-amz-cf-id", "via: *cloudfront"] },
    Fastly: { headers: ["x-fastly-request-id", "x-served-by: cache-"] },
    Akamai: { headers: ["x-akamai-transformed", "x-akamai-request-id", "server: akamaighost"] },
    Sucuri: { headers: ["server: sucuri", "x-sucuri-id"] },
    BunnyCDN: { headers: ["server: bunnycdn"] },
    KeyCDN: { headers: ["server: keycdn"] },
    Imperva: { headers: ["x-iinfo", "x-cdn: imperva"] },
    "Azure Front Door": { headers: ["x-azure-ref"] },
  }),
];
