import { products } from "./rule.ts";

export const FORMS = products("Forms", {
  "Contact Form 7": { plugins: ["contact-form-7"], marks: ["wpcf7"], implies: ["WordPress"] },
  WPForms: {
    plugins: ["wpforms", "wpforms-lite"],
    marks: ["wpforms-container", "wpforms-form"],
    implies: ["WordPress"],
  },
  "Gravity Forms": {
    plugins: ["gravityforms"],
    marks: ["gform_wrapper"],
    implies: ["WordPress"],
  },
  "Ninja Forms": { plugins: ["ninja-forms"], marks: ["nf-form-cont"], implies: ["WordPress"] },
  "Formidable Forms": { plugins: ["formidable"], marks: ["frm_forms"], implies: ["WordPress"] },
  "Fluent Forms": {
    plugins: ["fluentform", "fluentformpro"],
    marks: ["frm-fluent-form"],
    implies: ["WordPress"],
  },
  Forminator: { plugins: ["forminator"], marks: ["forminator-ui"], implies: ["WordPress"] },
  "Everest Forms": { plugins: ["everest-forms"], implies: ["WordPress"] },
  MetForm: { plugins: ["metform"], implies: ["WordPress"] },
  Typeform: {
    loads: ["typeform.com"],
    attributes: ["data-tf-live", "data-tf-widget", "data-tf-popup"],
    links: ["*.typeform.com/to", "form.typeform.com/to/*"],
  },
  Jotform: {
    loads: [
      "form.jotform.com",
      "form.jotformeu.com",
      "cdn.jotfor.ms",
      "js.jotform.com",
      "jotform.com/form",
      "jotform.com/jsform",
    ],
    posts: ["submit.jotform.com", "submit.jotformeu.com"],
    links: ["form.jotform.com/*", "form.jotformeu.com/*", "jotform.com/form/*"],
  },
  "Google Forms": {
    loads: ["docs.google.com/forms"],
    posts: ["docs.google.com/forms"],
    links: ["docs.google.com/forms", "forms.gle/*"],
  },
  "Microsoft Forms": {
    loads: ["forms.office.com"],
    links: ["forms.office.com", "forms.cloud.microsoft"],
  },
  Formspree: { posts: ["formspree.io"] },
  "Cognito Forms": {
    loads: ["cognitoforms.com/f", "cognitoforms.com/s"],
    links: ["cognitoforms.com/*/*"],
  },
  Wufoo: { loads: ["wufoo.com"], links: ["*.wufoo.com/forms"] },
  Paperform: { loads: ["paperform.co"], links: ["*.paperform.co"] },
  Tally: {
    loads: ["tally.so/widgets", "tally.so/embed"],
    attributes: ["data-tally-src", "data-tally-open"],
    links: ["tally.so/r/*"],
  },
  Formstack: {
    loads: ["formstack.com/forms"],
    posts: ["formstack.com/forms"],
    links: ["*.formstack.com/forms"],
  },
  "123FormBuilder": { loads: ["123formbuilder.com", "123formbuilder.io"] },
  "Netlify Forms": { attributes: ["data-netlify"] },
  Web3Forms: { posts: ["api.web3forms.com"] },
  FormSubmit: { posts: ["formsubmit.co"] },
  Getform: { posts: ["getform.io"] },
  Basin: { posts: ["usebasin.com"] },
  SurveyMonkey: { loads: ["widget.surveymonkey.com"], links: ["surveymonkey.com/r/*"] },
  Fillout: { loads: ["server.fillout.com"], attributes: ["data-fillout-id"] },
  heyflow: { loads: ["assets.prd.heyflow.com"] },
});
