import {
  type Business,
  escapeHtml,
  type Page,
  type Skin,
  structuredData,
  type Words,
} from "../business.ts";

export interface WordPressOptions {
  theme: string;
  version: string;
  elementor?: string;
  divi?: boolean;
  contactForm7?: string;
  wpforms?: string;
  woocommerce?: string;
  yoast?: string;
  gtm?: string;
  ga4?: string;
  cookieNotice?: boolean;
  schemaType?: string;
  comments?: boolean;
}

/** WordPress as page builders leave it: long heads, deep markup, versioned assets. */
export function wordpress(options: WordPressOptions): Skin {
  const plugin = (name: string, file: string, version: string) =>
    `<script src="/wp-content/plugins/${name}/${file}?ver=${version}" id="${name}-js"></script>\n`;
  const style = (path: string, version: string, id: string) =>
    `<link rel='stylesheet' id='${id}-css' href='${path}?ver=${version}' media='all' />\n`;

  const head = (business: Business, page: Page): string => {
    const url = `https://${business.host}${page.path}`;
    const schema = structuredData(business, options.schemaType ?? "LocalBusiness", {
      logo: `https://${business.host}/wp-content/uploads/logo.png`,
    });
    const seo = options.yoast
      ? `<!-- This site is optimized with the Yoast SEO plugin v${options.yoast} - https://yoast.com/wordpress/plugins/seo/ -->
<meta name='robots' content='index, follow, max-image-preview:large, max-snippet:-1' />
<meta property="og:locale" content="${business.language.replace("-", "_")}" /><meta property="og:type" content="website" />
<meta property="og:title" content="${escapeHtml(page.title)}" /><meta property="og:site_name" content="${escapeHtml(business.name)}" />
<script type="application/ld+json" class="yoast-schema-graph">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","@id":"${url}","url":"${url}","name":${JSON.stringify(page.title)},"dateModified":"2026-09-14T08:12:55+00:00","inLanguage":"${business.language}"},{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Home"}]},${schema}]}</script>
<!-- / Yoast SEO plugin. -->`
      : `<meta name='robots' content='max-image-preview:large' />\n<script type="application/ld+json">${schema}</script>`;
    return `<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="profile" href="https://gmpg.org/xfn/11">
<title>${escapeHtml(page.title)}</title>
${page.description ? `<meta name="description" content="${escapeHtml(page.description)}" />` : ""}
<link rel="canonical" href="${url}" />
${seo}
<link rel='dns-prefetch' href='//fonts.googleapis.com' />
<link rel="alternate" type="application/rss+xml" title="${escapeHtml(business.name)} &raquo; Feed" href="https://${business.host}/feed/" />
<link rel="icon" href="/wp-content/uploads/cropped-icon-32x32.png" sizes="32x32" />
<style id='wp-block-library-inline-css'>${BLOCK_CSS}</style>
${style("/wp-includes/css/dist/block-library/style.min.css", options.version, "wp-block-library")}${style(`/wp-content/themes/${options.theme}/style.css`, "4.2.1", `${options.theme}-style`)}${options.elementor ? style("/wp-content/plugins/elementor/assets/css/frontend.min.css", options.elementor, "elementor-frontend") : ""}${options.woocommerce ? style("/wp-content/plugins/woocommerce/assets/css/woocommerce.css", options.woocommerce, "woocommerce-general") : ""}${options.contactForm7 ? style("/wp-content/plugins/contact-form-7/includes/css/styles.css", options.contactForm7, "contact-form-7") : ""}<script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1" id="jquery-core-js"></script>
<link rel="https://api.w.org/" href="https://${business.host}/wp-json/" /><link rel="EditURI" type="application/rsd+xml" title="RSD" href="https://${business.host}/xmlrpc.php?rsd" />
<meta name="generator" content="WordPress ${options.version}" />
${options.elementor ? `<meta name="generator" content="Elementor ${options.elementor}; features: e_font_icon_svg, additional_custom_breakpoints; settings: css_print_method-external, google_font-enabled, font_display-swap">` : ""}${options.woocommerce ? `<meta name="generator" content="WooCommerce ${options.woocommerce}" />` : ""}
${options.gtm ? `<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','${options.gtm}');</script>` : ""}
${options.ga4 ? `<script async src="https://www.googletagmanager.com/gtag/js?id=${options.ga4}"></script><script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments);}gtag('js',new Date());gtag('config','${options.ga4}');</script>` : ""}`;
  };

  const wrap = (kind: string, inner: string): string => {
    if (options.elementor)
      return `<section class="elementor-section elementor-top-section elementor-element elementor-section-boxed" data-element_type="section"><div class="elementor-container elementor-column-gap-default"><div class="elementor-column elementor-col-100 elementor-top-column"><div class="elementor-widget-wrap elementor-element-populated"><div class="elementor-element elementor-widget elementor-widget-${kind}" data-widget_type="${kind}.default"><div class="elementor-widget-container">${inner}</div></div></div></div></div></section>`;
    if (options.divi)
      return `<div class="et_pb_section et_section_regular"><div class="et_pb_row"><div class="et_pb_column et_pb_column_4_4 et_pb_css_mix_blend_mode_passthrough et-last-child"><div class="et_pb_module et_pb_${kind} et_pb_text_align_left et_pb_bg_layout_light"><div class="et_pb_text_inner">${inner}</div></div></div></div></div>`;
    return `<div class="wp-block-group alignwide is-layout-constrained wp-block-group-is-layout-constrained">${inner}</div>`;
  };

  return {
    section: (heading, inner) =>
      wrap("text-editor", `<h2 class="wp-block-heading">${escapeHtml(heading)}</h2>${inner}`),
    image: (business, file, alt) =>
      `<figure class="wp-block-image size-large"><img loading="lazy" decoding="async" width="1024" height="683" src="https://${business.host}/wp-content/uploads/2025/04/${file}" alt="${escapeHtml(alt)}" srcset="https://${business.host}/wp-content/uploads/2025/04/${file} 1024w, https://${business.host}/wp-content/uploads/2025/04/300-${file} 300w" sizes="(max-width: 1024px) 100vw, 1024px" /></figure>`,
    form: (_business, words) => contactForm(options, words),
    document(business, page, main, pages, words) {
      const menu = pages
        .map(
          (entry, index) =>
            `<li id="menu-item-${index + 20}" class="menu-item menu-item-type-post_type menu-item-object-page menu-item-${index + 20}"><a href="https://${business.host}${entry.path}">${escapeHtml(entry.heading)}</a></li>`,
        )
        .join("");
      const bodyClass = [
        "wp-singular",
        "page",
        `wp-theme-${options.theme.toLowerCase()}`,
        options.elementor ? "elementor-default elementor-kit-7 elementor-page" : "",
        options.divi ? "et_pb_button_helper_class et_fixed_nav et_divi_theme et-db" : "",
        options.woocommerce ? "woocommerce-no-js theme-storefront woocommerce-active" : "",
      ].join(" ");
      return `<!DOCTYPE html>
<html lang="${business.language}" prefix="og: https://ogp.me/ns#">
<head>
${head(business, page)}
</head>
<body class="${bodyClass}">
${options.gtm ? `<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=${options.gtm}" height="0" width="0" style="display:none;visibility:hidden"></iframe></noscript>` : ""}
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<div id="page" class="site"><header id="masthead" class="site-header"><div class="site-branding"><a href="https://${business.host}/" rel="home"><img class="custom-logo" src="https://${business.host}/wp-content/uploads/logo.png" alt="${escapeHtml(business.name)}" width="180" height="60"></a><p class="site-description">${escapeHtml(business.tagline)}</p></div><nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu">${menu}</ul></nav></header>
<main id="content" class="site-main"><article id="post-${page.path.length}" class="page type-page status-publish hentry"><header class="entry-header"><h1 class="entry-title">${escapeHtml(page.heading)}</h1></header><div class="entry-content">
${main}
${options.woocommerce && page.kind === "services" ? PRODUCTS(business) : ""}
</div></article>${options.comments && page.kind === "post" ? COMMENTS : ""}</main>
<footer id="colophon" class="site-footer"><div class="footer-widgets"><p>${escapeHtml(business.name)}, ${escapeHtml(business.address.street)}, ${escapeHtml(business.address.city)}</p><p><a href="tel:${business.phone.replace(/[^+\d]/g, "")}">${escapeHtml(business.phone)}</a> · <a href="mailto:${business.email}">${business.email}</a></p><ul class="social">${Object.entries(
        business.social,
      )
        .map(
          ([network, url]) =>
            `<li><a href="${url}" target="_blank" rel="noopener" aria-label="${network}"><svg viewBox="0 0 24 24"><title>${network}</title><path d="M12 2C6.5 2 2 6.5 2 12c0 5 3.7 9.1 8.4 9.9v-7H7.9V12h2.5V9.8c0-2.5 1.5-3.9 3.8-3.9 1.1 0 2.2.2 2.2.2v2.5h-1.3c-1.2 0-1.6.8-1.6 1.6V12h2.8l-.4 2.9h-2.3v7C18.3 21.1 22 17 22 12c0-5.500-4.500-10-10-10z"/></svg></a></li>`,
        )
        .join(
          "",
        )}</ul></div><div class="site-info">© ${business.founded}–2026 ${escapeHtml(business.legalName ?? business.name)}. ${words.rights} <a href="https://${business.host}/privacy-policy/">${words.privacy}</a></div></footer></div>
${options.cookieNotice ? `<div id="cookie-law-info-bar" class="cky-consent-container" role="dialog" aria-label="Cookie notice"><p>We value your privacy. We use cookies to count visits and to improve this site.</p><button class="cky-btn-reject">Reject all</button><button class="cky-btn-accept">Accept all</button></div><script src="/wp-content/plugins/cookie-law-info/lite/frontend/js/script.min.js?ver=3.2.8"></script>` : ""}
${options.elementor ? plugin("elementor", "assets/js/frontend.min.js", options.elementor) : ""}${options.contactForm7 ? plugin("contact-form-7", "includes/js/index.js", options.contactForm7) : ""}${options.wpforms ? plugin("wpforms-lite", "assets/js/frontend/wpforms.min.js", options.wpforms) : ""}${options.woocommerce ? plugin("woocommerce", "assets/js/frontend/woocommerce.min.js", options.woocommerce) : ""}<script id="wp-emoji-settings">window._wpemojiSettings={"baseUrl":"https:\\/\\/s.w.org\\/images\\/core\\/emoji\\/15.0.3\\/72x72\\/","ext":".png","source":{"concatemoji":"\\/wp-includes\\/js\\/wp-emoji-release.min.js"}};</script>
</body></html>`;
    },
  };
}

function contactForm(options: WordPressOptions, words: Words): string {
  if (options.contactForm7)
    return `<div class="wpcf7 no-js" id="wpcf7-f5-p12-o1" lang="en-US"><form action="/contact/#wpcf7-f5-p12-o1" method="post" class="wpcf7-form init" novalidate><input type="hidden" name="_wpcf7" value="5"><p><label>${words.name}<input size="40" class="wpcf7-form-control wpcf7-text" type="text" name="your-name"></label></p><p><label>${words.email}<input size="40" class="wpcf7-form-control wpcf7-email" type="email" name="your-email"></label></p><p><label>${words.message}<textarea cols="40" rows="10" class="wpcf7-form-control wpcf7-textarea" name="your-message"></textarea></label></p><p><input class="wpcf7-form-control wpcf7-submit" type="submit" value="${words.send}"></p></form></div>`;
  if (options.wpforms)
    return `<div class="wpforms-container wpforms-container-full" id="wpforms-88"><form id="wpforms-form-88" class="wpforms-validate wpforms-form" data-formid="88" method="post" action="/contact/"><div class="wpforms-field-container"><div class="wpforms-field wpforms-field-name"><label>${words.name}</label><input type="text" name="wpforms[fields][0]"></div><div class="wpforms-field wpforms-field-email"><label>${words.email}</label><input type="email" name="wpforms[fields][1]"></div><div class="wpforms-field wpforms-field-textarea"><label>${words.message}</label><textarea name="wpforms[fields][2]"></textarea></div></div><button type="submit" class="wpforms-submit">${words.send}</button></form></div>`;
  return `<form class="elementor-form" method="post" name="Contact"><input size="1" type="text" name="form_fields[name]" placeholder="${words.name}"><input size="1" type="email" name="form_fields[email]" placeholder="${words.email}"><textarea name="form_fields[message]" rows="4" placeholder="${words.message}"></textarea><button type="submit">${words.send}</button></form>`;
}

const PRODUCTS = (business: Business): string =>
  `<ul class="products columns-3">${business.services.map((item, index) => `<li class="product type-product post-${index + 40} instock"><a href="https://${business.host}/product/${item.name.toLowerCase().replace(/\W+/g, "-")}/" class="woocommerce-LoopProduct-link"><h2 class="woocommerce-loop-product__title">${escapeHtml(item.name)}</h2><span class="price"><span class="woocommerce-Price-amount amount">${escapeHtml(item.price ?? "$20.00")}</span></span></a><a href="?add-to-cart=${index + 40}" class="button add_to_cart_button">Add to cart</a></li>`).join("")}</ul><div class="payment-icons"><img src="/wp-content/plugins/woocommerce/assets/images/icons/credit-cards/visa.svg" alt="Visa"><img src="/wp-content/plugins/woocommerce/assets/images/icons/credit-cards/mastercard.svg" alt="Mastercard"><img src="/wp-content/uploads/paypal.svg" alt="PayPal"></div>`;

const COMMENTS = `<div id="comments" class="comments-area"><h2>Two thoughts</h2><ol class="comment-list"><li class="comment"><p>Thank you, this helped a lot.</p></li></ol><form action="/wp-comments-post.php" method="post" id="commentform" class="comment-form"><textarea name="comment"></textarea><input name="author"><input name="email" type="email"><input type="submit" value="Post Comment"></form></div>`;

const BLOCK_CSS =
  ".wp-block-button__link{align-content:center;box-sizing:border-box;cursor:pointer;display:inline-block;height:100%;text-align:center;word-break:break-word}".repeat(
    4,
  ) +
  Array.from(
    { length: 40 },
    (_, index) =>
      `.has-color-${index}{--wp--preset--color--c${index}:#${(index * 65_793 + 1_118_481).toString(16).padStart(6, "0")};color:var(--wp--preset--color--c${index})}`,
  ).join("");
