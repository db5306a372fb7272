import { type Rule, VER } from "./rule.ts";

/** Shop systems and what they are paid with. */
export const SHOPS: readonly Rule[] = [
  {
    name: "Shopify",
    category: "E-commerce",
    asset: ["cdn.shopify.com", "/cdn/shop/", "shopifycdn.com"],
    header: /^(?:x-shopid|x-shopify-stage|powered-by: shopify)/m,
    mark: "shopify",
  },
  {
    name: "WooCommerce",
    category: "E-commerce",
    generator: /^WooCommerce (\d[\d.]*)/i,
    asset: ["/wp-content/plugins/woocommerce/"],
    version: VER,
    implies: ["WordPress"],
  },
  {
    name: "Magento",
    category: "E-commerce",
    asset: ["/static/version", "/skin/frontend/", "/mage/"],
    mark: "magento",
    header: /^x-magento/m,
  },
  {
    name: "PrestaShop",
    category: "E-commerce",
    generator: /^PrestaShop/i,
    mark: "prestashop",
    header: /^set-cookie: prestashop-/m,
  },
  {
    name: "Shopware",
    category: "E-commerce",
    generator: /^Shopware/i,
    asset: ["/bundles/storefront/"],
    header: /^sw-/m,
  },
  {
    name: "BigCommerce",
    category: "E-commerce",
    asset: ["bigcommerce.com/s-"],
    mark: "bigcommerce",
  },
  {
    name: "OpenCart",
    category: "E-commerce",
    asset: ["catalog/view/javascript/", "catalog/view/theme/"],
  },
  { name: "Ecwid", category: "E-commerce", asset: ["app.ecwid.com", "ecwid.com/script.js"] },
  {
    name: "Square Online",
    category: "E-commerce",
    asset: ["editmysite.com/app/store", "square.site"],
  },
  {
    name: "Easy Digital Downloads",
    category: "E-commerce",
    asset: ["/wp-content/plugins/easy-digital-downloads/"],
    version: VER,
    implies: ["WordPress"],
  },
  { name: "Stripe", category: "Payment", asset: ["js.stripe.com"] },
  { name: "PayPal", category: "Payment", asset: ["paypal.com/sdk/js", "paypalobjects.com"] },
  { name: "Square", category: "Payment", asset: ["squareup.com", "squarecdn.com"] },
  { name: "Klarna", category: "Payment", asset: ["klarnaservices.com", "klarna.com/web-sdk"] },
];
