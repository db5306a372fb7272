import { products } from "./rule.ts";

/** Customer relations and what automates the way to them. */
export const CRM = products("CRM and automation", {
  HubSpot: {
    loads: [
      "hs-scripts.com",
      "hsforms.net",
      "hs-analytics.net",
      "hs-banner.com",
      "js.usemessages.com",
      "js.hscollectedforms.net",
    ],
    posts: ["forms.hubspot.com", "hsforms.com"],
    links: ["meetings.hubspot.com/*", "share.hsforms.com/*"],
    words: ["hbspt.forms", "hbspt.cta"],
  },
  Salesforce: {
    posts: ["webto.salesforce.com", "salesforce.com/servlet"],
    loads: ["service.force.com", "salesforceliveagent.com", "salesforce-scrt.com"],
  },
  Pardot: { loads: ["pardot.com"], posts: ["go.pardot.com"], words: ["piAId"] },
  Marketo: {
    loads: ["munchkin.marketo.net", "marketo.com/js", "mktoweb.com"],
    words: ["Munchkin.init", "MktoForms2"],
  },
  Zoho: {
    posts: [
      "crm.zoho.com/crm",
      "crm.zoho.eu/crm",
      "crm.zoho.in/crm",
      "forms.zohopublic.com",
      "forms.zohopublic.eu",
      "forms.zohopublic.in",
      "maillist-manage.com",
      "maillist-manage.eu",
    ],
    loads: ["forms.zohopublic.com", "forms.zohopublic.eu", "forms.zohopublic.in", "forms.zoho.com"],
    links: [
      "*.zohobookings.com",
      "forms.zohopublic.com/*",
      "forms.zohopublic.eu/*",
      "forms.zohopublic.in/*",
    ],
  },
  Pipedrive: {
    loads: ["leadbooster-chat.pipedrive.com", "webforms.pipedrive.com"],
    words: ["pipedriveLeadboosterConfig"],
    attributes: ["data-pd-webforms"],
    links: ["webforms.pipedrive.com/f/*"],
  },
  Keap: {
    loads: ["infusionsoft.com", "infusionsoft.app"],
    posts: ["infusionsoft.com", "infusionsoft.app"],
  },
  "Oracle Eloqua": { loads: ["img.en25.com"], posts: ["t.eloqua.com"], words: ["_elqQ"] },
  "Dynamics 365 Customer Insights": {
    loads: ["mktdplp102cdn.azureedge.net", "svc.dynamics.com"],
  },
  Bitrix24: { loads: ["bitrix24.com", "bitrix24.de", "bitrix24.eu", "bitrix24.com.br"] },
  SharpSpring: { loads: ["marketingautomation.services"] },
  "Agile CRM": { loads: ["agilecrm.com"], words: ["_agile.track_page_view"] },
  Ontraport: { loads: ["ontraport.com"], posts: ["forms.ontraport.com"] },
  "Act-On": { loads: ["actonservice.com"], posts: ["actonservice.com"] },
  "Customer.io": { loads: ["assets.customer.io"], words: ["_cio"] },
  Braze: { loads: ["js.appboycdn.com"] },
  Mautic: { files: ["mtc"], words: ["MauticSDKLoaded", "MauticTrackingObject"] },
  "RD Station": { loads: ["d335luupugsy2.cloudfront.net"] },
  Kommo: { loads: ["kommo.com", "amocrm.ru"] },
  LeadSquared: { loads: ["web.mxradon.com"] },
  Freshsales: { loads: ["assets.freshsales.io"] },
  vcita: { loads: ["vcdnita.com", "widgets.vcita.com"], links: ["live.vcita.com/site/*"] },
  Lawmatics: { loads: ["navi.lawmatics.com"], links: ["app.lawmatics.com/forms"] },
});

export const RECRUITING = products("Recruiting", {
  Personio: {
    links: ["*.jobs.personio.de", "*.jobs.personio.com"],
    loads: ["jobs.personio.de", "jobs.personio.com"],
  },
  Greenhouse: {
    loads: ["boards.greenhouse.io"],
    links: ["boards.greenhouse.io/*", "job-boards.greenhouse.io/*"],
  },
  Lever: { links: ["jobs.lever.co/*"] },
  Workable: { loads: ["workable.com/assets/embed.js"], links: ["apply.workable.com/*"] },
  BambooHR: {
    loads: ["bamboohr.com/js"],
    links: ["*.bamboohr.com/careers", "*.bamboohr.com/jobs"],
  },
  Recruitee: { links: ["*.recruitee.com"] },
  Teamtailor: { loads: ["scripts.teamtailor-cdn.com"], links: ["*.teamtailor.com"] },
});
