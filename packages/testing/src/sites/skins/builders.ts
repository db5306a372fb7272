import { escapeHtml, oneLine, type Skin, structuredData } from "../business.ts";

const plainForm = (
  action: string,
  name: string,
  email: string,
  message: string,
  send: string,
): string =>
  `<form action="${action}" method="post" accept-charset="UTF-8"><label>${name}<input name="contact[name]" type="text" autocomplete="name"></label><label>${email}<input name="contact[email]" type="email" required></label><label>${message}<textarea name="contact[body]" rows="10"></textarea></label><button>${send}</button></form>`;

/** A shop in the manner of Shopify. */
export const shopify: Skin = {
  section: (heading, inner) =>
    `<div class="shopify-section section"><div class="page-width"><h2 class="title inline-richtext h1">${escapeHtml(heading)}</h2>${inner}</div></div>`,
  image: (business, file, alt) =>
    `<div class="card__media"><img srcset="//${business.host}/cdn/shop/products/${file}?v=1712&width=165 165w, //${business.host}/cdn/shop/products/${file}?v=1712&width=360 360w" src="//${business.host}/cdn/shop/products/${file}?v=1712&width=533" alt="${escapeHtml(alt)}" class="motion-reduce" loading="lazy" width="1200" height="1200"></div>`,
  form: (_business, words) =>
    plainForm("/contact#ContactForm", words.name, words.email, words.message, words.send),
  document: (business, page, main, pages, words) => `<!doctype html>
<html class="js" lang="${business.language}">
<head><meta charset="utf-8"><meta http-equiv="X-UA-Compatible" content="IE=edge"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="theme-color" content="">
<link rel="canonical" href="https://${business.host}${page.path}"><link rel="icon" type="image/png" href="//${business.host}/cdn/shop/files/favicon.png?crop=center&height=32&v=16&width=32"><link rel="preconnect" href="https://fonts.shopifycdn.com" crossorigin>
<title>${escapeHtml(page.title)}</title><meta name="description" content="${escapeHtml(page.description ?? business.description)}">
<meta property="og:site_name" content="${escapeHtml(business.name)}"><meta property="og:url" content="https://${business.host}${page.path}"><meta property="og:title" content="${escapeHtml(page.title)}"><meta property="og:type" content="website">
<script src="//${business.host}/cdn/shop/t/4/assets/global.js?v=88558128918567037191717" defer="defer"></script>
<script>window.performance && window.performance.mark && window.performance.mark('shopify.content_for_header.start');</script><meta id="shopify-digital-wallet" name="shopify-digital-wallet" content="/61904126131/digital_wallets/dialog"><script id="shopify-features" type="application/json">{"accessToken":"0d2c","betas":["rich-media-storefront-analytics"],"domain":"${business.host}","predictiveSearch":true,"shopId":61904126131,"locale":"en"}</script>
<script>var Shopify = Shopify || {};Shopify.shop = "northpine.myshopify.com";Shopify.locale = "en";Shopify.currency = {"active":"USD","rate":"1.0"};Shopify.theme = {"name":"Dawn","id":139,"schema_name":"Dawn","schema_version":"15.2.0","theme_store_id":887,"role":"main"};</script>
<script async src="https://static.klaviyo.com/onsite/js/klaviyo.js?company_id=XyZ123"></script>
<link href="//${business.host}/cdn/shop/t/4/assets/base.css?v=15997" rel="stylesheet" type="text/css" media="all" /></head>
<body class="gradient"><a class="skip-to-content-link button visually-hidden" href="#MainContent">Skip to content</a>
<div class="announcement-bar" role="region"><p class="announcement-bar__message h5">Free shipping on orders over $45</p></div>
<header class="header header--middle-left page-width"><h1 class="header__heading"><a href="/" class="header__heading-link link"><img class="header__heading-logo" src="//${business.host}/cdn/shop/files/logo.png?v=2" alt="${escapeHtml(business.name)}"></a></h1><nav class="header__inline-menu"><ul class="list-menu list-menu--inline">${pages.map((entry) => `<li><a href="${entry.path}" class="header__menu-item list-menu__item link"><span>${escapeHtml(entry.heading)}</span></a></li>`).join("")}</ul></nav><a href="/cart" class="header__icon header__icon--cart" id="cart-icon-bubble">Cart</a></header>
<main id="MainContent" class="content-for-layout" role="main"><h1 class="main-page-title page-title h0">${escapeHtml(page.heading)}</h1>${main}</main>
<footer class="footer color-scheme-1"><div class="footer__content-top page-width"><h2>Visit the roastery</h2><p>${escapeHtml(oneLine(business.address))}</p><ul class="footer__list-social">${Object.values(
    business.social,
  )
    .map(
      (url) => `<li><a href="${url}" class="link list-social__link">${url.split("/")[2]}</a></li>`,
    )
    .join(
      "",
    )}</ul></div><ul class="list list-payment" role="list">${["Visa", "Mastercard", "American Express", "Apple Pay", "Shop Pay"].map((name) => `<li class="list-payment__item"><svg class="icon icon--full-color" role="img" aria-labelledby="pi-${name.toLowerCase().replaceAll(" ", "_")}"><title id="pi-${name.toLowerCase().replaceAll(" ", "_")}">${name}</title></svg></li>`).join("")}</ul><small class="copyright__content">&copy; 2026, <a href="/">${escapeHtml(business.name)}</a> <a target="_blank" rel="nofollow" href="https://www.shopify.com?utm_campaign=poweredby">Powered by Shopify</a></small><a href="/policies/privacy-policy">${words.privacy}</a></footer></body></html>`,
};

/** A drag-and-drop site in the manner of Wix. */
export const wix: Skin = {
  section: (heading, inner) =>
    `<section class="wixui-section comp-section"><div data-testid="columns" class="V5AUxf"><div class="wixui-rich-text" data-testid="richTextElement"><h2 class="font_2 wixui-rich-text__text"><span style="letter-spacing:normal;" class="wixui-rich-text__text">${escapeHtml(heading)}</span></h2></div>${inner.replaceAll("<p>", '<p class="font_8 wixui-rich-text__text">')}</div></section>`,
  image: (_business, file, alt) =>
    `<wow-image data-image-info="{}"><img src="https://static.wixstatic.com/media/a1b2c3_${file}/v1/fill/w_490,h_427,al_c,q_80/${file}" alt="${escapeHtml(alt)}" width="490" height="427"></wow-image>`,
  form: (_business, words) =>
    `<form id="comp-form1" class="wixui-form"><input type="text" name="first-name" placeholder="${words.name}"><input type="email" name="email" placeholder="${words.email}"><textarea class="rEindN" placeholder="${words.message}"></textarea><button>${words.send}</button></form>`,
  document: (business, page, main, pages, words) => `<!DOCTYPE html>
<html lang="${business.language}"><head><meta charset='utf-8'><meta name="viewport" content="width=device-width, initial-scale=1" id="wixDesktopViewport" /><meta http-equiv="X-UA-Compatible" content="IE=edge"><meta name="generator" content="Wix.com Website Builder"/>
<link rel="icon" sizes="192x192" href="https://static.wixstatic.com/media/fav.png" type="image/png"/>
<script type="text/javascript">(()=>{var e={};window.thunderboltTag="libs-releases-GA-local";window.viewerModel=e;})();</script>
<script defer src="https://static.parastorage.com/services/wix-thunderbolt/dist/thunderbolt.bundle.min.js"></script>
<title>${escapeHtml(page.title)}</title><meta name="description" content="${escapeHtml(page.description ?? business.description)}"/><link rel="canonical" href="https://${business.host}${page.path}"/><meta name="robots" content="index"/>
<script type="application/ld+json">${structuredData(business, "LocalBusiness")}</script>
<style id="css_masterPage">${".font_8{font:normal normal normal 15px/1.4em avenir-lt-w01_35-light1475496,sans-serif;color:rgb(var(--color_15))}".repeat(60)}</style></head>
<body class="responsive"><div id="SITE_CONTAINER"><div id="main_MF"><header id="SITE_HEADER" class="wixui-header"><img src="https://static.wixstatic.com/media/logo_mark.png" alt="${escapeHtml(business.name)} logo"><nav aria-label="Site">${pages.map((entry) => `<a data-testid="linkElement" href="https://${business.host}${entry.path}" class="wixui-horizontal-menu__item">${escapeHtml(entry.heading)}</a>`).join("")}</nav></header><main id="PAGES_CONTAINER"><h1 class="font_0">${escapeHtml(page.heading)}</h1>${main}</main><footer id="SITE_FOOTER" class="wixui-footer"><p>©2026 by ${escapeHtml(business.name)}. Proudly created with Wix.com</p>${Object.values(
    business.social,
  )
    .map(
      (url) =>
        `<a href="${url}" target="_blank" rel="noreferrer noopener"><img src="https://static.wixstatic.com/media/icon.png" alt="${url.split("/")[2]}"></a>`,
    )
    .join(
      "",
    )}<a href="https://${business.host}/privacy">${words.privacy}</a></footer></div></div><div data-hook="consent-banner-root" class="consent-banner">We use cookies on our website to see how you interact with it.</div></body></html>`,
};

/** A portfolio in the manner of Squarespace. */
export const squarespace: Skin = {
  section: (heading, inner) =>
    `<section class="page-section full-bleed-section layout-engine-section background-width--full-bleed" data-test="page-section"><div class="content-wrapper"><div class="fluid-engine"><div class="sqs-block html-block sqs-block-html"><div class="sqs-block-content"><div class="sqs-html-content"><h2 style="white-space:pre-wrap;">${escapeHtml(heading)}</h2>${inner}</div></div></div></div></div></section>`,
  image: (_business, file, alt) =>
    `<figure class="sqs-block-image-figure"><img data-stretch="false" data-src="https://images.squarespace-cdn.com/content/v1/5f/${file}" data-image-dimensions="2500x1667" alt="${escapeHtml(alt)}" src="https://images.squarespace-cdn.com/content/v1/5f/${file}?format=500w"></figure>`,
  form: (_business, words) =>
    plainForm(
      "https://forms.squarespace.com/submit",
      words.name,
      words.email,
      words.message,
      words.send,
    ),
  document: (business, page, main, pages, words) => `<!doctype html>
<html xmlns:og="http://opengraphprotocol.org/schema/" lang="${business.language}" >
<head><meta http-equiv="X-UA-Compatible" content="IE=edge,chrome=1"><meta name="viewport" content="width=device-width, initial-scale=1"><!-- This is Squarespace. --><!-- marlowe -->
<base href=""><meta charset="utf-8" /><title>${escapeHtml(page.title)}</title><meta http-equiv="Accept-CH" content="Sec-CH-UA-Platform-Version" /><link rel="shortcut icon" type="image/vnd.microsoft.icon" href="https://images.squarespace-cdn.com/content/v1/5f/favicon.ico?format=100w"/>
<link rel="canonical" href="https://${business.host}${page.path}"/><meta property="og:site_name" content="${escapeHtml(business.name)}"/><meta name="description" content="${escapeHtml(page.description ?? business.description)}" />
<script type="text/javascript" crossorigin="anonymous" src="//assets.squarespace.com/universal/scripts-compressed/common-vendors-stable.js"></script><script type="text/javascript" crossorigin="anonymous" src="https://use.typekit.net/ik/abc.js"></script>
<script>Static = window.Static || {}; Static.SQUARESPACE_CONTEXT = {"facebookAppId":"314192535267336","rollups":{},"pageType":2,"website":{"id":"5f1","identifier":"marlowe","siteTitle":${JSON.stringify(business.name)}}};</script>
<script type="application/ld+json">${structuredData(business, "LocalBusiness", { image: "https://static1.squarespace.com/static/5f/t/logo.png", logo: "https://static1.squarespace.com/static/5f/t/logo.png" })}</script></head>
<body id="collection-${page.path.length}" class="primary-button-style-solid header-overlay-alignment-center tweak-product-basic-item"><div id="siteWrapper" class="clearfix site-wrapper"><header id="header" class="header theme-col--primary"><div class="header-title-logo"><a href="/"><img src="//images.squarespace-cdn.com/content/v1/5f/logo.png" alt="${escapeHtml(business.name)}"></a></div><nav class="header-nav-list">${pages.map((entry) => `<div class="header-nav-item header-nav-item--collection"><a href="${entry.path}">${escapeHtml(entry.heading)}</a></div>`).join("")}</nav></header><main id="page" class="container" role="main"><article class="sections"><h1>${escapeHtml(page.heading)}</h1>${main}</article></main><footer class="sections" id="footer-sections"><p>${escapeHtml(oneLine(business.address))} &nbsp; ${escapeHtml(business.phone)} &nbsp; <a href="mailto:${business.email}">${business.email}</a></p><p>© ${escapeHtml(business.name)} ${business.founded}–2026</p>${Object.values(
    business.social,
  )
    .map((url) => `<a href="${url}" class="sqs-svg-icon--wrapper">${url.split("/")[2]}</a>`)
    .join("")}<a href="/privacy">${words.privacy}</a></footer></div></body></html>`,
};
