import {
  attribute,
  comment,
  type Examples,
  generator,
  header,
  load,
  mark,
  path,
  plugin,
  theme,
} from "./example.ts";

/** Parts of WordPress, as their own files and signatures show them. */
export const WORDPRESS: Examples = {
  Elementor: [
    generator(
      "Elementor 3.32.4; features: e_font_icon_svg; settings: css_print_method-external",
      "3.32.4",
    ),
    plugin("elementor", "3.32.4"),
    attribute('data-elementor-type="wp-page" data-elementor-id="12"'),
  ],
  "Elementor Pro": [plugin("elementor-pro", "3.31.2")],
  Divi: [
    generator("Divi v.4.27.4", "4.27.4"),
    theme("Divi", "4.27.4"),
    plugin("divi-builder"),
    mark('<div class="et_pb_section et_pb_section_0 et_section_regular"></div>'),
  ],
  WPBakery: [
    generator("Powered by WPBakery Page Builder - drag and drop page builder for WordPress."),
    plugin("js_composer", "8.1"),
    mark('<div class="vc_row wpb_row vc_row-fluid"></div>'),
  ],
  "Beaver Builder": [
    plugin("bb-plugin", "2.8.4.3"),
    mark('<div class="fl-builder-content fl-builder-content-7"></div>'),
  ],
  Bricks: [theme("bricks"), mark('<section class="brxe-section bricks-lazy-hidden"></section>')],
  Oxygen: [plugin("oxygen")],
  Breakdance: [plugin("breakdance"), path("/wp-content/uploads/breakdance/css/post-7.css?v=a1")],
  SiteOrigin: [plugin("siteorigin-panels", "2.31.0")],
  Brizy: [plugin("brizy")],
  "Thrive Architect": [plugin("thrive-visual-editor")],
  "Visual Composer": [
    generator(
      "Powered by Visual Composer Website Builder - fast and easy-to-use drag and drop visual editor",
    ),
    plugin("visualcomposer"),
  ],
  Spectra: [
    plugin("ultimate-addons-for-gutenberg"),
    mark('<div class="wp-block-uagb-container uagb-block-1"></div>'),
  ],
  "Kadence Blocks": [
    plugin("kadence-blocks", "3.5.2"),
    mark('<div class="wp-block-kadence-rowlayout alignfull"></div>'),
  ],
  GenerateBlocks: [plugin("generateblocks")],
  SeedProd: [plugin("coming-soon")],
  Themify: [plugin("themify-builder")],
  Avada: [
    theme("Avada", "7.11.10"),
    mark('<html class="avada-html-layout-wide avada-html-header-position-top">'),
  ],
  Astra: [theme("astra", "4.8.9")],
  GeneratePress: [theme("generatepress", "3.5.1")],
  Kadence: [theme("kadence", "1.2.13")],
  OceanWP: [theme("oceanwp")],
  "Hello Elementor": [theme("hello-elementor", "3.4.4")],
  Enfold: [theme("enfold")],
  Flatsome: [theme("flatsome", "3.19.6")],
  BeTheme: [theme("betheme")],
  Neve: [theme("neve")],
  The7: [theme("dt-the7")],
  Salient: [theme("salient")],
  Storefront: [theme("storefront", "4.6.0")],
  Blocksy: [theme("blocksy")],
  Bridge: [theme("bridge")],
  Uncode: [theme("uncode")],
  Impreza: [theme("Impreza")],
  Jetpack: [plugin("jetpack", "14.0")],
  "Slider Revolution": [
    generator(
      "Powered by Slider Revolution 6.7.25 - responsive, Mobile-Friendly Slider Plugin for WordPress",
      "6.7.25",
    ),
    plugin("revslider", "6.7.25"),
  ],
  LayerSlider: [
    generator("Powered by LayerSlider 7.14.1 - Build Heros, Sliders, and Popups.", "7.14.1"),
    plugin("LayerSlider"),
  ],
  Smush: [plugin("wp-smushit")],
  "Essential Addons": [plugin("essential-addons-for-elementor-lite", "6.1.4")],
  "Premium Addons": [plugin("premium-addons-for-elementor", "4.10.70")],
  JetEngine: [plugin("jet-engine")],
  MetaSlider: [plugin("ml-slider")],
  "NextGEN Gallery": [plugin("nextgen-gallery")],
  TablePress: [plugin("tablepress", "3.0.2")],
  LearnDash: [plugin("sfwd-lms", "4.18.1")],
  "Tutor LMS": [plugin("tutor")],
  MemberPress: [plugin("memberpress")],
  BuddyPress: [plugin("buddypress", "14.3.1")],
  bbPress: [plugin("bbpress", "2.6.11")],
  "WP Job Manager": [plugin("wp-job-manager")],
  "Yoast SEO": [
    plugin("wordpress-seo", "24.2"),
    mark('<script type="application/ld+json" class="yoast-schema-graph">{"@graph":[]}</script>'),
    comment(
      "This site is optimized with the Yoast SEO Premium plugin v20.1 (Yoast SEO v24.2) - https://yoast.com/wordpress/plugins/seo/",
      "20.1",
    ),
  ],
  "Rank Math": [
    plugin("seo-by-rank-math"),
    mark('<script type="application/ld+json" class="rank-math-schema-pro">{"@graph":[]}</script>'),
    comment("Search Engine Optimization by Rank Math - https://rankmath.com/"),
  ],
  "All in One SEO": [
    generator("All in One SEO (AIOSEO) 4.7.7.2", "4.7.7.2"),
    plugin("all-in-one-seo-pack"),
    mark('<script type="application/ld+json" class="aioseo-schema">{"@graph":[]}</script>'),
    comment("All in One SEO 4.7.7.2 - aioseo.com", "4.7.7.2"),
  ],
  SEOPress: [plugin("wp-seopress"), comment("SEOPress schema")],
  "The SEO Framework": [comment("The SEO Framework by Sybre Waaijer"), plugin("autodescription")],
  "WP Rocket": [
    plugin("wp-rocket"),
    path("/wp-content/cache/min/1/9f2.css?ver=17"),
    comment(
      "This website is like a Rocket, isn't it? Performance optimized by WP Rocket. Learn more: https://wp-rocket.me",
    ),
  ],
  "W3 Total Cache": [
    plugin("w3-total-cache"),
    comment(
      "\nPerformance optimized by W3 Total Cache. Learn more: https://www.boldgrid.com/w3-total-cache/\n",
    ),
  ],
  "WP Super Cache": [
    plugin("wp-super-cache"),
    comment("Cached page generated by WP-Super-Cache on 2026-10-02 08:12:55"),
  ],
  Autoptimize: [
    plugin("autoptimize"),
    path("/wp-content/cache/autoptimize/css/autoptimize_9f2.css"),
  ],
  "WP Fastest Cache": [
    path("/wp-content/cache/wpfc-minified/a1/b2.css"),
    comment("WP Fastest Cache file was created in 0.41 seconds, on 2 October 2026 @ 8:12 am"),
  ],
  "SiteGround Optimizer": [
    plugin("sg-cachepress"),
    path(
      "/wp-content/uploads/siteground-optimizer-assets/siteground-optimizer-combined-css-9f2.css",
    ),
  ],
  Perfmatters: [plugin("perfmatters")],
  Hummingbird: [
    plugin("hummingbird-performance"),
    path("/wp-content/uploads/hummingbird-assets/9f2.css"),
  ],
  FlyingPress: [path("/wp-content/cache/flying-press/9f2.style.css")],
  "LiteSpeed Cache": [
    plugin("litespeed-cache"),
    path("/wp-content/litespeed/css/9f2.css?ver=a1"),
    header("x-litespeed-cache", "hit"),
    comment("Page optimized by LiteSpeed Cache @2026-10-02 08:12:55"),
  ],
  NitroPack: [
    load("https://cdn-ilbnkj.nitrocdn.com/a/combinedCss/nitro-min.css"),
    header("x-nitro-cache", "HIT"),
  ],
  Varnish: [header("via", "1.1 varnish (Varnish/7.1)")],
};
