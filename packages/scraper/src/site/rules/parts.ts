import { products } from "./rule.ts";

/** Pieces that pages of all kinds are put together from. */
export const PARTS = [
  ...products("Maps", {
    "Google Maps": {
      loads: [
        "maps.googleapis.com",
        "google.com/maps",
        "maps.google.com/maps",
        "google.de/maps",
        "maps.google.de/maps",
      ],
    },
    Mapbox: { loads: ["api.mapbox.com", "api.tiles.mapbox.com"] },
    Leaflet: { files: ["leaflet", "leaflet.css"] },
    OpenStreetMap: { loads: ["openstreetmap.org/export"] },
  }),
  ...products("Video", {
    YouTube: {
      loads: ["youtube.com/embed", "youtube-nocookie.com/embed", "youtube.com/iframe_api"],
    },
    Vimeo: { loads: ["player.vimeo.com"] },
    Wistia: { loads: ["fast.wistia.com", "fast.wistia.net"] },
    Vidyard: { loads: ["play.vidyard.com"] },
    Loom: { loads: ["loom.com/embed"] },
    Matterport: { loads: ["my.matterport.com"], links: ["my.matterport.com/show"] },
    Brightcove: { loads: ["players.brightcove.net"] },
    "JW Player": { loads: ["cdn.jwplayer.com", "content.jwplatform.com"] },
    "Bunny Stream": { loads: ["iframe.mediadelivery.net"] },
    VideoAsk: { loads: ["videoask.com"] },
  }),
  ...products("Fonts", {
    "Google Fonts": { loads: ["fonts.googleapis.com"] },
    "Adobe Fonts": { loads: ["use.typekit.net"] },
    "Font Awesome": {
      loads: ["kit.fontawesome.com", "use.fontawesome.com", "pro.fontawesome.com"],
      files: [
        "font-awesome",
        "fontawesome",
        "fontawesome-all",
        "font-awesome.css",
        "fontawesome.css",
      ],
    },
    "Bunny Fonts": { loads: ["fonts.bunny.net"] },
    Monotype: { loads: ["fast.fonts.net"] },
  }),
  ...products("Comments", {
    Disqus: { loads: ["disqus.com/embed.js"], marks: ["disqus_thread"] },
    wpDiscuz: { plugins: ["wpdiscuz"], implies: ["WordPress"] },
  }),
  ...products("Security", {
    reCAPTCHA: { loads: ["google.com/recaptcha", "recaptcha.net/recaptcha"] },
    hCaptcha: { loads: ["hcaptcha.com/1"] },
    "Cloudflare Turnstile": { loads: ["challenges.cloudflare.com/turnstile"] },
    "Friendly Captcha": { files: ["friendly-challenge"], marks: ["frc-captcha"] },
    Wordfence: { plugins: ["wordfence"], implies: ["WordPress"] },
    CleanTalk: { loads: ["moderate.cleantalk.org"], plugins: ["cleantalk-spam-protect"] },
    Akismet: { plugins: ["akismet"], implies: ["WordPress"] },
    TrustedSite: { loads: ["cdn.ywxi.net"] },
  }),
  ...products("Monitoring", {
    "New Relic": { loads: ["js-agent.newrelic.com"], words: ["NREUM"] },
    Sentry: { loads: ["browser.sentry-cdn.com", "js.sentry-cdn.com"] },
    Datadog: { loads: ["datadoghq-browser-agent.com"] },
    LogRocket: { loads: ["cdn.logrocket.io", "cdn.lr-ingest.io"] },
    Dynatrace: { loads: ["js-cdn.dynatrace.com"] },
    Pingdom: { loads: ["rum-static.pingdom.net"] },
  }),
  ...products("Library", {
    jQuery: { files: ["jquery"] },
    "jQuery UI": { files: ["jquery-ui", "jqueryui"] },
    Bootstrap: { files: ["bootstrap", "bootstrap.css"] },
    "Tailwind CSS": { loads: ["cdn.tailwindcss.com"] },
    Swiper: { files: ["swiper", "swiper-bundle"] },
    Slick: { files: ["slick", "slick-carousel"] },
    "Owl Carousel": { files: ["owl.carousel", "owlcarousel2"] },
    GSAP: { files: ["gsap", "tweenmax"] },
    AOS: { files: ["aos"] },
    Fancybox: { files: ["fancybox", "jquery.fancybox"] },
    Lodash: { files: ["lodash"] },
    "three.js": { files: ["three"] },
    Modernizr: { files: ["modernizr"] },
    htmx: { files: ["htmx", "htmx.org"] },
  }),
];

/** Frameworks that pages or their servers are written in. */
export const FRAMEWORKS = products("Framework", {
  React: { files: ["react", "react-dom"], attributes: ["data-reactroot"] },
  "Vue.js": { files: ["vue"] },
  Angular: { attributes: ["ng-version", "ng-app"], files: ["angular", "angularjs"] },
  "Alpine.js": { files: ["alpine", "alpinejs"], attributes: ["x-data"] },
  "Next.js": {
    paths: ["/_next/static/"],
    headers: ["x-powered-by: next.js"],
    marks: ["__NEXT_DATA__"],
    words: ["__next_f"],
    implies: ["React"],
  },
  Nuxt: { paths: ["/_nuxt/"], words: ["__NUXT__"], marks: ["__nuxt"], implies: ["Vue.js"] },
  Remix: { words: ["__remixContext"], implies: ["React"] },
  SvelteKit: { paths: ["/_app/immutable/"], attributes: ["data-sveltekit-preload-data"] },
  Laravel: { cookies: ["laravel_session"], paths: ["/livewire/livewire"] },
  "Ruby on Rails": {
    headers: ["x-powered-by: phusion"],
    attributes: ["data-turbolinks-track"],
  },
  "ASP.NET": {
    headers: ["x-powered-by: asp.net", "x-aspnet-version", "x-aspnetmvc-version"],
    cookies: ["ASP.NET_SessionId"],
    marks: ["__VIEWSTATE"],
  },
  Express: { headers: ["x-powered-by: express"] },
  Django: { cookies: ["django_language"] },
  CodeIgniter: { cookies: ["ci_session"] },
  CakePHP: { cookies: ["CAKEPHP"] },
});
