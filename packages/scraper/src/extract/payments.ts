const NAMES = new Map<string, string>(
  Object.entries({
    visa: "Visa",
    mastercard: "MasterCard",
    master: "MasterCard",
    maestro: "Maestro",
    amex: "American Express",
    americanexpress: "American Express",
    discover: "Discover",
    discovercard: "Discover",
    diners: "Diners Club",
    dinersclub: "Diners Club",
    jcb: "JCB",
    unionpay: "UnionPay",
    paypal: "PayPal",
    applepay: "Apple Pay",
    googlepay: "Google Pay",
    gpay: "Google Pay",
    shoppay: "Shop Pay",
    shopifypay: "Shop Pay",
    amazonpay: "Amazon Pay",
    amazonpayments: "Amazon Pay",
    klarna: "Klarna",
    afterpay: "Afterpay",
    clearpay: "Clearpay",
    affirm: "Affirm",
    venmo: "Venmo",
    stripe: "Stripe",
    ideal: "iDEAL",
    bancontact: "Bancontact",
    giropay: "Giropay",
    sofort: "Sofort",
    sepa: "SEPA",
    eps: "EPS",
    twint: "TWINT",
    bizum: "Bizum",
    bitcoin: "Bitcoin",
    cash: "Cash",
    debitcard: "Debit card",
    creditcard: "Credit card",
  }),
);

/** Every name holds one of these; most labels are told apart by it alone. */
const HINT =
  /visa|master|maestro|amex|american|discover|diners|jcb|union|pay|klarna|affirm|venmo|stripe|ideal|bancontact|sofort|sepa|eps|twint|bizum|bitcoin|cash|card/i;

/** The card or wallet an icon's name stands for: "pi-visa", "/icons/american-express.svg", "Apple Pay". */
export function paymentOf(label: string): string | undefined {
  if (label.length < 3 || label.length > 300) return undefined;
  const file = label.slice(label.lastIndexOf("/") + 1);
  if (file.length > 40 || !HINT.test(file)) return undefined;
  const bare = file
    .toLowerCase()
    .replace(/[?#].*$/, "")
    .replace(/\.(?:svg|png|gif|jpe?g|webp)$/, "")
    .replace(/^(?:pi|payment|pay|icon|card|cc|logo)[-_]/, "")
    .replace(/[-_](?:icon|logo|card|payment|dark|light|color)$/, "")
    .replace(/[\s_-]+/g, "");
  return NAMES.get(bare);
}

const ACCEPTS =
  /\b(?:we accept|accepted|payment methods|pay with|zahlungsarten|wir akzeptieren|formas de pago|aceptamos|moyens de paiement)\b[^.\n]{0,160}/gi;

/** Cards and wallets in a sentence that says what is accepted. @param isHinted whether one of its words may be there */
export function paymentsInText(text: string, isHinted = true): string[] {
  const found: string[] = [];
  if (!isHinted) return found;
  let sentences = 0;
  for (const [sentence] of text.matchAll(ACCEPTS)) {
    if (++sentences > 10) break;
    found.push(...paymentsInList(sentence));
  }
  return found;
}

/** Cards and wallets in a list such as "Cash, Visa and MasterCard". */
export function paymentsInList(list: string): string[] {
  const found: string[] = [];
  for (const part of list
    .slice(0, 500)
    .split(/,|;|\/|&|\band\b|\bund\b|\by\b|\bet\b|\baccept(?:ed|amos)?\b|:/i)) {
    const name = paymentOf(part.trim());
    if (name !== undefined) found.push(name);
  }
  return found;
}
