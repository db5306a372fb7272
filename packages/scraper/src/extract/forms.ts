const COMMENT_FORM = /comment/i;
const NO_CONTACT =
  /search|login|signin|register|newsletter|subscribe|cart|checkout|add-to-cart|coupon/i;
const NEWSLETTER = /newsletter|subscribe|list-manage\.com|mc-embedded/i;
const BUILT_FOR_CONTACT =
  /wpcf7|wpforms|gform|elementor-form|nf-form|hs-form|contact|kontakt|enquir|inquir|formmail/i;

/** Tells from forms and their fields whether a page takes messages, comments or subscriptions. */
export class FormWatch {
  hasContact = false;
  hasComments = false;
  hasNewsletter = false;
  #open: { signature: string; textarea: boolean; email: boolean; fields: number } | undefined;

  /** `signature` is all the form says of itself: action, class, id, role. */
  open(signature: string): void {
    this.close();
    this.#open = { signature: signature.slice(0, 500), textarea: false, email: false, fields: 0 };
  }

  field(tag: "input" | "textarea", type: string, name: string): void {
    if (this.#open === undefined) return;
    if (tag === "textarea") this.#open.textarea = true;
    else if (type === "hidden" || type === "submit" || type === "button") return;
    this.#open.fields++;
    if (type === "email" || /e-?mail/i.test(name)) this.#open.email = true;
  }

  close(): void {
    const form = this.#open;
    this.#open = undefined;
    if (form === undefined) return;
    if (COMMENT_FORM.test(form.signature)) {
      this.hasComments = true;
      return;
    }
    if (form.email && NEWSLETTER.test(form.signature)) this.hasNewsletter = true;
    if (NO_CONTACT.test(form.signature)) return;
    if (
      form.textarea ||
      (form.email && form.fields > 2) ||
      (form.email && BUILT_FOR_CONTACT.test(form.signature))
    )
      this.hasContact = true;
  }
}
