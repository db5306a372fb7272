import type { Rule } from "./rule.ts";

/** Libraries, frameworks and embedded services. */
export const LIBRARIES: readonly Rule[] = [
  {
    name: "jQuery",
    category: "Library",
    asset: [
      "/jquery.min.js",
      "/jquery.js",
      "/jquery-3",
      "/jquery-2",
      "/jquery-1",
      "ajax/libs/jquery/",
    ],
    version: /(?:jquery[-/](\d+\.\d+(?:\.\d+)?)|[?&]ver=(\d+\.\d+(?:\.\d+)?))/,
  },
  {
    name: "Bootstrap",
    category: "Library",
    asset: ["/bootstrap.min.css", "/bootstrap.min.js", "/bootstrap.bundle", "npm/bootstrap@"],
    version: /bootstrap[@/](\d+\.\d+(?:\.\d+)?)/,
  },
  { name: "Tailwind CSS", category: "Library", asset: ["cdn.tailwindcss.com"] },
  { name: "Font Awesome", category: "Fonts", asset: ["fontawesome", "font-awesome"] },
  { name: "Google Fonts", category: "Fonts", asset: ["fonts.googleapis.com", "fonts.gstatic.com"] },
  { name: "Adobe Fonts", category: "Fonts", asset: ["use.typekit.net"] },
  {
    name: "Google Maps",
    category: "Maps",
    asset: ["maps.googleapis.com", "google.com/maps/embed", "maps.google.com/maps"],
  },
  { name: "Mapbox", category: "Maps", asset: ["api.mapbox.com", "api.tiles.mapbox.com"] },
  { name: "Leaflet", category: "Maps", asset: ["/leaflet.js", "/leaflet.css"] },
  {
    name: "reCAPTCHA",
    category: "Security",
    asset: ["google.com/recaptcha", "recaptcha.net/recaptcha"],
  },
  { name: "hCaptcha", category: "Security", asset: ["hcaptcha.com/1/api.js"] },
  {
    name: "Cloudflare Turnstile",
    category: "Security",
    asset: ["challenges.cloudflare.com/turnstile"],
  },
  {
    name: "React",
    category: "Framework",
    asset: ["/react.production", "/react-dom", "npm/react@"],
  },
  { name: "Vue.js", category: "Framework", asset: ["/vue.min.js", "/vue.global", "npm/vue@"] },
  {
    name: "Angular",
    category: "Framework",
    class: /^ng-(?:app|version)$/,
    asset: ["/angular.min.js"],
  },
  { name: "Alpine.js", category: "Framework", asset: ["npm/alpinejs@", "/alpine.min.js"] },
  {
    name: "Next.js",
    category: "Framework",
    asset: ["/_next/static/"],
    header: /^x-powered-by: next\.js/m,
    mark: "next",
  },
  { name: "Nuxt", category: "Framework", asset: ["/_nuxt/"], mark: "nuxt" },
  { name: "Remix", category: "Framework", mark: "remix" },
  {
    name: "Laravel",
    category: "Framework",
    header: /^set-cookie: (?:laravel_session|xsrf-token)=/m,
  },
  {
    name: "Ruby on Rails",
    category: "Framework",
    header: /^(?:x-powered-by: phusion|set-cookie: _\w+_session=)/m,
  },
  {
    name: "ASP.NET",
    category: "Framework",
    header: /^(?:x-powered-by: asp\.net|x-aspnet-version|set-cookie: asp\.net_sessionid)/m,
  },
  { name: "Express", category: "Framework", header: /^x-powered-by: express/m },
  { name: "Vimeo", category: "Video", asset: ["player.vimeo.com"] },
  {
    name: "YouTube",
    category: "Video",
    asset: ["youtube.com/embed", "youtube-nocookie.com/embed", "youtube.com/iframe_api"],
  },
  { name: "Wistia", category: "Video", asset: ["fast.wistia.com", "fast.wistia.net"] },
];
