import { products } from "./rule.ts";

export const PAYMENTS = products("Payment", {
  Stripe: { loads: ["js.stripe.com"], links: ["buy.stripe.com/*", "donate.stripe.com/*"] },
  PayPal: {
    loads: ["paypal.com/sdk", "paypalobjects.com"],
    posts: ["paypal.com/cgi-bin/webscr", "paypal.com/donate"],
    links: ["paypal.me/*", "paypal.com/paypalme/*", "paypal.com/donate"],
  },
  Square: {
    loads: ["js.squareup.com", "squarecdn.com"],
    links: ["square.link/u/*", "checkout.square.site/*", "*.square.site"],
  },
  Klarna: { loads: ["js.klarna.com", "klarnacdn.net", "klarnaservices.com"] },
  Afterpay: { loads: ["js.afterpay.com", "portal.afterpay.com", "static.afterpay.com"] },
  Affirm: { loads: ["cdn1.affirm.com"], words: ["_affirm_config"] },
  Adyen: { loads: ["adyen.com/checkoutshopper"] },
  Mollie: { loads: ["js.mollie.com"] },
  Braintree: { loads: ["js.braintreegateway.com"] },
  "Amazon Pay": { loads: ["payments-amazon.com"] },
  "Apple Pay": { loads: ["applepay.cdn-apple.com"] },
  "Google Pay": { loads: ["pay.google.com/gp"] },
  Razorpay: { loads: ["checkout.razorpay.com"], links: ["rzp.io/l/*", "razorpay.me/*"] },
  "Mercado Pago": { loads: ["sdk.mercadopago.com"], links: ["mpago.la/*"] },
  Sezzle: { loads: ["widget.sezzle.com"] },
  GoCardless: { links: ["pay.gocardless.com/*"] },
  "Authorize.net": {
    loads: ["js.authorize.net", "verify.authorize.net"],
    posts: ["accept.authorize.net", "secure.authorize.net"],
  },
  Paddle: { loads: ["cdn.paddle.com"] },
  SumUp: { loads: ["gateway.sumup.com"], links: ["pay.sumup.com"] },
  Instamojo: { loads: ["js.instamojo.com"], links: ["imjo.in/*"] },
});

export const DONATIONS = products("Donations", {
  Donorbox: { loads: ["donorbox.org/widget*", "donorbox.org/embed"], links: ["donorbox.org/*"] },
  Givebutter: {
    loads: ["widgets.givebutter.com", "givebutter.com/embed"],
    links: ["givebutter.com/*"],
  },
  "Buy Me a Coffee": { loads: ["cdnjs.buymeacoffee.com"], links: ["buymeacoffee.com/*"] },
  "Ko-fi": { loads: ["storage.ko-fi.com"], links: ["ko-fi.com/*"] },
  Patreon: { loads: ["c6.patreon.com"], links: ["patreon.com/*"] },
  GoFundMe: { links: ["gofundme.com/f/*"] },
  "Fundraise Up": { loads: ["cdn.fundraiseup.com"] },
  HelloAsso: { loads: ["helloasso.com/associations"], links: ["helloasso.com/associations/*"] },
  twingle: { loads: ["spenden.twingle.de"] },
});
