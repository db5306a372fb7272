import {
  attribute,
  type Examples,
  link,
  load,
  loader,
  mark,
  plugin,
  post,
  word,
} from "./example.ts";

/** Forms and newsletters. */
export const WRITING: Examples = {
  "Contact Form 7": [
    plugin("contact-form-7", "6.1.1"),
    mark('<div class="wpcf7 no-js" id="wpcf7-f5-p12-o1"></div>'),
  ],
  WPForms: [
    plugin("wpforms-lite", "1.9.8.2"),
    mark('<div class="wpforms-container wpforms-container-full" id="wpforms-88"></div>'),
  ],
  "Gravity Forms": [
    plugin("gravityforms", "2.9.1"),
    mark('<div class="gf_browser_gecko gform_wrapper gravity-theme" id="gform_wrapper_1"></div>'),
  ],
  "Ninja Forms": [
    plugin("ninja-forms", "3.8.22"),
    mark('<div id="nf-form-1-cont" class="nf-form-cont"></div>'),
  ],
  "Formidable Forms": [
    plugin("formidable"),
    mark('<div class="frm_forms  with_frm_style" id="frm_form_2_container"></div>'),
  ],
  "Fluent Forms": [
    plugin("fluentform", "5.2.7"),
    mark('<form class="frm-fluent-form fluent_form_3 ff-el-form-top"></form>'),
  ],
  Forminator: [
    plugin("forminator", "1.38.2"),
    mark('<form class="forminator-ui forminator-custom-form"></form>'),
  ],
  "Everest Forms": [plugin("everest-forms", "3.0.6")],
  MetForm: [plugin("metform", "3.9.1")],
  Typeform: [
    load("https://embed.typeform.com/next/embed.js"),
    attribute('data-tf-live="01HX9F2"'),
    link("nordwind.typeform.com/to/9fK2jL"),
  ],
  Jotform: [
    load("https://form.jotform.com/jsform/242612.js"),
    post("submit.jotform.com/submit/242612/"),
    link("form.jotform.com/242612345"),
    link("www.jotform.com/form/242612345"),
  ],
  "Google Forms": [
    load("https://docs.google.com/forms/d/e/1FAIp/viewform?embedded=true"),
    post("docs.google.com/forms/u/0/d/e/1FAIp/formResponse"),
    link("forms.gle/9fK2jL"),
  ],
  "Microsoft Forms": [
    load("https://forms.office.com/Pages/ResponsePage.aspx?id=9f&embed=true"),
    link("forms.office.com/r/9fK2jL"),
  ],
  Formspree: [post("formspree.io/f/xqkr9f2")],
  "Cognito Forms": [
    load("https://www.cognitoforms.com/f/seamless.js"),
    link("www.cognitoforms.com/Nordwind1/ContactUs"),
  ],
  Wufoo: [loader("secure.wufoo.com/scripts/embed/form.js"), link("nordwind.wufoo.com/forms/z9f2/")],
  Paperform: [load("https://paperform.co/__embed.min.js"), link("nordwind.paperform.co")],
  Tally: [
    load("https://tally.so/widgets/embed.js"),
    attribute('data-tally-src="https://tally.so/embed/w9f2"'),
    link("tally.so/r/w9f2"),
  ],
  Formstack: [
    load("https://nordwind.formstack.com/forms/js.php/contact"),
    post("www.formstack.com/forms/index.php"),
    link("nordwind.formstack.com/forms/contact"),
  ],
  "123FormBuilder": [load("https://form.123formbuilder.com/embed/6612.js")],
  "Netlify Forms": [
    { ...attribute(""), html: '<form name="contact" method="POST" data-netlify="true"></form>' },
  ],
  Web3Forms: [post("api.web3forms.com/submit")],
  FormSubmit: [post("formsubmit.co/9f2c1")],
  Getform: [post("getform.io/f/9f2")],
  Basin: [post("usebasin.com/f/9f2")],
  SurveyMonkey: [
    load("https://widget.surveymonkey.com/collect/website/js/tRaiETq.js"),
    link("www.surveymonkey.com/r/9FK2JL"),
  ],
  Fillout: [load("https://server.fillout.com/embed/v1/"), attribute('data-fillout-id="9fK2"')],
  heyflow: [load("https://assets.prd.heyflow.com/builder/widget/latest/webview.js")],
  Mailchimp: [
    loader("chimpstatic.com/mcjs-connected/js/users/9f2/1a.js"),
    post("nordwind.us21.list-manage.com/subscribe/post?u=9f2&id=1a"),
    link("eepurl.com/i9FK2j"),
  ],
  "Mailchimp for WordPress": [plugin("mailchimp-for-wp")],
  Brevo: [
    load("https://sibforms.com/forms/end-form/build/main.js"),
    post("9f2c.sibforms.com/serve/MUIF"),
  ],
  Klaviyo: [
    load("https://static.klaviyo.com/onsite/js/9fK2jL/klaviyo.js?company_id=9fK2jL"),
    post("manage.kmail-lists.com/subscriptions/subscribe"),
  ],
  Kit: [
    load("https://nordwind.kit.com/9f2c/index.js"),
    post("app.kit.com/forms/6612/subscriptions"),
  ],
  MailerLite: [
    loader("assets.mailerlite.com/js/universal.js"),
    post("assets.mailerlite.com/jsonp/12/forms/34/subscribe"),
  ],
  ActiveCampaign: [
    loader("diffuser-cdn.app-us1.com/diffuser/diffuser.js"),
    post("nordwind.activehosted.com/proc.php"),
    word("vgo('setAccount', '12345')"),
  ],
  GetResponse: [
    loader("us-an.gr-cdn.com/9f2/9f2-1.js"),
    post("app.getresponse.com/add_subscriber.html"),
  ],
  AWeber: [
    load("https://forms.aweber.com/form/12/345.js"),
    post("www.aweber.com/scripts/addlead.pl"),
  ],
  Omnisend: [loader("omnisnippet1.com/inshop/launcher-v2.js")],
  CleverReach: [
    load("https://eu2.cleverreach.com/f/12-34/?embedded=1"),
    post("seu2.cleverreach.com/f/12-34/wcs/"),
  ],
  "Constant Contact": [
    load("https://static.ctctcdn.com/js/signup-form-widget/current/signup-form-widget.min.js"),
    post("visitor.r20.constantcontact.com/d.jsp"),
    link("visitor.r20.constantcontact.com/d.jsp?llr=9f2"),
  ],
  "Campaign Monitor": [
    load("https://js.createsend1.com/javascript/copypastesubscribeformlogic.js"),
    post("www.createsend.com/t/subscribeerror?description="),
  ],
  Drip: [loader("tag.getdrip.com/1234.js"), post("www.getdrip.com/forms/12/submissions")],
  rapidmail: [
    load("https://t9f2c.emailsys1a.net/12/34/9f2/subscribe/form.html?frame=1"),
    post("t9f2c.emailsys1a.net/12/34/9f2/subscribe/form.html"),
  ],
  Mailjet: [load("https://9f2k.mjt.lu/wgt/9f2k/xu/form?c=12")],
  Moosend: [loader("cdn.stat-track.com/statics/moosend-tracking.min.js")],
  Sender: [loader("cdn.sender.net/accounts_resources/universal.js")],
  Flodesk: [loader("assets.flodesk.com/universal.mjs")],
  beehiiv: [load("https://embeds.beehiiv.com/9f2c-1a")],
  Substack: [load("https://nordwind.substack.com/embed"), link("nordwind.substack.com/subscribe")],
  MailPoet: [
    plugin("mailpoet", "5.5.1"),
    mark('<div id="mailpoet_form_1" class="mailpoet_form mailpoet_form_html"></div>'),
  ],
  "Benchmark Email": [
    load("https://lb.benchmarkemail.com/code/lbformnew.js?mFcQnoBFKM"),
    post("lb.benchmarkemail.com/code/lbform"),
  ],
  iContact: [post("app.icontact.com/icp/core/mycontacts/signup/designer/form/automatic")],
  Emma: [post("app.e2ma.net/app2/audience/signup/12/34/"), link("signup.e2ma.net/signup/12/34/")],
  SendPulse: [load("//web.webpushs.com/js/push/9f2c_1.js")],
  Acumbamail: [
    load("https://acumbamail.com/newform/dynamic/js/9f2/12/x.js"),
    post("acumbamail.com/newform/subscribe/signup/9f2/12/"),
  ],
  Laposta: [
    load("https://embed.email-provider.eu/e/9f2-1a.js"),
    post("nordwind.email-provider.eu/memberships/subscribe"),
  ],
  Attentive: [loader("cdn.attn.tv/nordwind/dtag.js")],
  Postscript: [load("https://sdk.postscript.io/sdk.bundle.js?shopId=12")],
  Listrak: [loader("cdn.listrakbi.com/scripts/script.js?m=9f2")],
  Dotdigital: [loader("r1-t.trackedlink.net/_dmpt.js")],
  Emarsys: [loader("cdn.scarabresearch.com/js/9F2/scarab-v2.js")],
  OptinMonster: [loader("a.omappapi.com/app/js/api.min.js")],
  Privy: [load("https://widget.privy.com/assets/widget.js")],
  Sumo: [load("//load.sumo.com/x.js")],
  Justuno: [loader("cdn.jst.ai/vck.js")],
  Poptin: [load("https://cdn.popt.in/pixel.js?id=9f2")],
  Wisepops: [loader("loader.wisepops.com/get-loader.js?v=1&site=9f2")],
  "Hello Bar": [load("https://my.hellobar.com/9f2.js")],
  Sleeknote: [loader("sleeknotecustomerscripts.sleeknote.com/12.js")],
  OptiMonk: [loader("onsite.optimonk.com/script.js?account=12")],
  OneSignal: [load("https://cdn.onesignal.com/sdks/web/v16/OneSignalSDK.page.js")],
  PushEngage: [loader("clientcdn.pushengage.com/sdks/pushengage-web-sdk.js")],
  CleverPush: [load("https://static.cleverpush.com/channel/loader/9f2.js")],
  "Popup Maker": [
    plugin("popup-maker", "1.20.3"),
    mark('<div id="pum-12" class="pum pum-overlay pum-theme-9"></div>'),
  ],
  Hustle: [plugin("wordpress-popup")],
  "Thrive Leads": [plugin("thrive-leads")],
};
