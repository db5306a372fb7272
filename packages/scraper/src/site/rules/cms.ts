import { products } from "./rule.ts";

/** Content management systems, and services that keep a site's content. */
export const CMS = products("CMS", {
  WordPress: {
    generators: ["WordPress"],
    paths: [
      "/wp-content/",
      "/wp-includes/",
      "/wp-json/",
      "?rest_route=/",
      "/wp-comments-post.php",
      "/wp-admin/admin-ajax.php",
    ],
    headers: ["link: *api.w.org", "x-redirect-by: wordpress"],
  },
  Joomla: {
    generators: ["Joomla!"],
    paths: [
      "/media/jui/",
      "/media/vendor/joomla",
      "/media/templates/site/",
      "/components/com_",
      "/media/com_",
    ],
    marks: ["joomla-script-options"],
  },
  Drupal: {
    generators: ["Drupal"],
    paths: ["/sites/default/files/", "/core/misc/drupal", "/misc/drupal.js", "/sites/all/modules/"],
    headers: ["x-drupal-cache", "x-drupal-dynamic-cache", "x-generator: drupal"],
    attributes: ["data-drupal-selector"],
  },
  TYPO3: {
    generators: ["TYPO3"],
    paths: ["/typo3temp/", "/typo3conf/", "/fileadmin/"],
    comments: ["This website is powered by TYPO3"],
  },
  Contao: { generators: ["Contao"], paths: ["/bundles/contaocore/"] },
  Ghost: {
    generators: ["Ghost"],
    loads: ["cdn.jsdelivr.net/ghost/portal*"],
    attributes: ["data-ghost"],
  },
  "Craft CMS": { headers: ["x-powered-by: *craft cms"], cookies: ["CraftSessionId"] },
  "Concrete CMS": { generators: ["concrete5", "Concrete CMS"], words: ["CCM_DISPATCHER_FILENAME"] },
  MODX: { generators: ["MODX"] },
  SilverStripe: { generators: ["SilverStripe"] },
  Umbraco: { generators: ["Umbraco"], headers: ["x-umbraco-version"] },
  DNN: {
    generators: ["DotNetNuke"],
    paths: ["/desktopmodules/"],
    cookies: [".dotnetnuke", "dnn_"],
  },
  "HubSpot CMS": {
    generators: ["HubSpot"],
    paths: ["/hs/hsstatic/", "/hubfs/", "/_hcms/"],
    headers: ["x-hs-hub-id"],
    implies: ["HubSpot"],
    hosts: true,
  },
  Sitecore: { paths: ["/-/media/"], cookies: ["SC_ANALYTICS_GLOBAL_COOKIE"] },
  "Adobe Experience Manager": { paths: ["/etc.clientlibs/", "/content/dam/"] },
  Kentico: { paths: ["/cmspages/getresource.ashx"], cookies: ["CMSPreferredCulture"] },
  Neos: { headers: ["x-flow-powered: *neos"], paths: ["/_resources/static/packages/"] },
  Statamic: { headers: ["x-powered-by: statamic"] },
  "October CMS": { cookies: ["october_session"], paths: ["/modules/system/assets/js/framework"] },
  ProcessWire: { headers: ["x-powered-by: processwire"] },
  ExpressionEngine: { cookies: ["exp_tracker", "exp_last_visit"] },
  Blogger: { generators: ["blogger"], loads: ["blogger.com/static"], hosts: true },
  Plone: { generators: ["Plone"] },
  "CMS Made Simple": { generators: ["CMS Made Simple"] },
  Grav: { generators: ["GravCMS"] },
  "1C-Bitrix": {
    paths: ["/bitrix/js/", "/bitrix/templates/", "/bitrix/cache/"],
    headers: ["x-powered-cms: bitrix"],
  },
  Liferay: { headers: ["liferay-portal"], words: ["Liferay.ThemeDisplay"] },
  Odoo: { generators: ["Odoo"], paths: ["/web/image/website/"] },
  Contentful: { media: ["images.ctfassets.net"] },
  Storyblok: { media: ["a.storyblok.com/f"] },
  Sanity: { media: ["cdn.sanity.io"] },
  Prismic: { loads: ["static.cdn.prismic.io"], media: ["images.prismic.io"] },
  DatoCMS: { media: ["datocms-assets.com"] },
  Tumblr: { loads: ["assets.tumblr.com"], headers: ["x-tumblr-user"], hosts: true },
});

/** Programs that turn files into a site. */
export const STATIC_GENERATORS = products("Static site generator", {
  Hugo: { generators: ["Hugo"] },
  Jekyll: { generators: ["Jekyll"] },
  Eleventy: { generators: ["Eleventy"] },
  Gatsby: { generators: ["Gatsby"], marks: ["___gatsby"], implies: ["React"] },
  Astro: { generators: ["Astro"], paths: ["/_astro/"] },
  Hexo: { generators: ["Hexo"] },
  VitePress: { generators: ["VitePress"] },
  Docusaurus: { generators: ["Docusaurus"] },
});

/** Programs on somebody's own machine that pages are drawn with. */
export const EDITORS = products("Editor", {
  FrontPage: { generators: ["Microsoft FrontPage"] },
  "WebSite X5": { generators: ["Incomedia WebSite X5"] },
  RapidWeaver: { generators: ["RapidWeaver"] },
  "WYSIWYG Web Builder": { generators: ["WYSIWYG Web Builder"] },
  Mobirise: { generators: ["Mobirise"] },
  Nicepage: { generators: ["Nicepage"] },
});
