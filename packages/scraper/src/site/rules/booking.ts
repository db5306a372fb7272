import { products } from "./rule.ts";

/** One path on a vendor's hosts of several countries. */
const on = (hosts: readonly string[], path: string): string[] =>
  hosts.map((host) => `${host}/${path}`);

const TREATWELL = ["de", "at", "ch", "co.uk", "ie", "fr", "be", "nl", "es", "it"];
const DOCTOLIB = ["doctolib.de", "doctolib.fr", "doctolib.it"];

/** Calendars that customers book in themselves. */
export const BOOKING = products("Booking", {
  Calendly: { loads: ["assets.calendly.com"], links: ["calendly.com/*"] },
  "Acuity Scheduling": {
    loads: [
      "embed.acuityscheduling.com",
      "app.acuityscheduling.com",
      "app.squarespacescheduling.com",
    ],
    links: [
      "acuityscheduling.com/schedule.php",
      "app.acuityscheduling.com/schedule.php",
      "app.squarespacescheduling.com/schedule.php",
      "*.acuityscheduling.com",
      "*.as.me",
    ],
  },
  Setmore: { loads: ["setmore.com"], links: ["*.setmore.com", "my.setmore.com/bookingpage/*"] },
  SimplyBook: {
    loads: ["simplybook.me", "simplybook.it"],
    links: ["*.simplybook.me", "*.simplybook.it"],
  },
  Booksy: { loads: ["booksy.com/widget*"], links: ["booksy.com/*", "*.booksy.com"] },
  Fresha: {
    loads: ["fresha.com"],
    links: ["fresha.com/a/*", "fresha.com/book-now/*", "fresha.com/providers/*"],
  },
  Vagaro: { loads: ["vagaro.com"], links: ["vagaro.com/*"] },
  Treatwell: {
    loads: TREATWELL.map((ending) => `widget.treatwell.${ending}`),
    links: [
      ...TREATWELL.map((ending) => `widget.treatwell.${ending}`),
      ...on(["treatwell.de", "treatwell.at", "treatwell.ch"], "ort/*"),
      ...on(["treatwell.co.uk", "treatwell.ie"], "place/*"),
      ...on(["treatwell.fr", "treatwell.be", "treatwell.nl"], "salon/*"),
      "*.treatwell.de/ort",
      "*.treatwell.at/ort",
      "*.treatwell.ch/ort",
      "treatwell.es/establecimiento/*",
      "treatwell.it/salone/*",
    ],
  },
  Doctolib: {
    loads: [...on(DOCTOLIB, "iframe"), "partners.doctolib.de", "partners.doctolib.fr"],
    links: [...on(DOCTOLIB, "*/*/*"), "partners.doctolib.de", "partners.doctolib.fr"],
  },
  Mindbody: {
    loads: ["mindbodyonline.com", "healcode.com"],
    links: ["clients.mindbodyonline.com", "mindbodyonline.com/explore/locations/*"],
  },
  "Square Appointments": {
    loads: ["squareup.com/appointments", "square.site/appointments"],
    links: [
      "squareup.com/appointments/book/*",
      "app.squareup.com/appointments/book/*",
      "book.squareup.com/appointments/*",
    ],
  },
  Jobber: {
    loads: ["clienthub.getjobber.com", "d3ey4dbjkt2f6s.cloudfront.net"],
    links: ["clienthub.getjobber.com"],
  },
  "Housecall Pro": {
    loads: ["housecallpro.com"],
    links: ["book.housecallpro.com", "client.housecallpro.com"],
  },
  ServiceTitan: {
    loads: ["static.servicetitan.com", "embed.scheduler.servicetitan.com", "scheduleengine.net"],
    words: ["STWidgetManager"],
  },
  FareHarbor: { loads: ["fareharbor.com/embeds"], links: ["fareharbor.com/*"] },
  YouCanBookMe: { loads: ["youcanbook.me", "embed.ycb.me"], links: ["*.youcanbook.me"] },
  "Cal.com": {
    loads: ["app.cal.com/embed", "cal.com/embed"],
    attributes: ["data-cal-link"],
    links: ["cal.com/*"],
  },
  "Microsoft Bookings": {
    loads: ["outlook.office365.com/owa/calendar", "outlook.office365.com/book"],
    links: [
      "outlook.office365.com/owa/calendar/*",
      "outlook.office365.com/book/*",
      "outlook.office.com/book/*",
    ],
  },
  "Google Calendar": {
    loads: ["calendar.google.com/calendar/appointments"],
    links: ["calendar.app.google/*", "calendar.google.com/calendar/appointments"],
  },
  "Jane App": { loads: ["janeapp.com"], links: ["*.janeapp.com"] },
  SimplePractice: { loads: ["widget-cdn.simplepractice.com"], links: ["*.clientsecure.me"] },
  Zocdoc: {
    loads: ["offsiteschedule.zocdoc.com"],
    links: ["zocdoc.com/practice/*", "zocdoc.com/doctor/*", "zocdoc.com/dentist/*"],
  },
  NexHealth: { loads: ["app.nexhealth.com"], links: ["app.nexhealth.com/appt/*"] },
  Phorest: { loads: ["phorest.com"], links: ["phorest.com/salon/*", "phorest.com/book/salons/*"] },
  Timely: { loads: ["gettimely.com"], links: ["bookings.gettimely.com/*", "book.gettimely.com"] },
  Planity: { loads: ["d2skjte8udjqxw.cloudfront.net"], links: ["planity.com/*"] },
  Shore: {
    loads: ["connect.shore.com"],
    links: ["connect.shore.com/bookings/*", "connect.shore.com/widget/*"],
  },
  Salonized: { loads: ["salonized.com"], links: ["*.salonized.com"] },
  Salonkee: {
    loads: ["salonkee.lu", "salonkee.ch", "salonkee.be"],
    links: on(["salonkee.lu", "salonkee.ch", "salonkee.be", "salonkee.de"], "salon/*"),
  },
  GlossGenius: { links: ["*.glossgenius.com"] },
  StyleSeat: { links: ["styleseat.com/m/v/*"] },
  Mangomint: { loads: ["booking.mangomint.com"], links: ["booking.mangomint.com/*"] },
  Boulevard: { loads: ["static.joinboulevard.com"], links: ["dashboard.boulevard.io/booking"] },
  Zenoti: { loads: ["zenoti.com"], links: ["*.zenoti.com"] },
  Schedulicity: { loads: ["schedulicity.com"], links: ["schedulicity.com/scheduling/*"] },
  Appointy: { loads: ["appointy.com"], links: ["*.appointy.com"] },
  TidyCal: { loads: ["asset-tidycal.b-cdn.net"], links: ["tidycal.com/*"] },
  Peek: { loads: ["js.peek.com"], links: ["book.peek.com/s"] },
  Rezdy: { loads: ["rezdy.com"], links: ["*.rezdy.com"] },
  Checkfront: { loads: ["checkfront.com"], links: ["*.checkfront.com"] },
  Bókun: { loads: ["widgets.bokun.io", "static.bokun.io"] },
  Bookeo: { loads: ["bookeo.com"], links: ["bookeo.com/*"] },
  Xola: { loads: ["xola.com"], links: ["checkout.xola.com"] },
  Cloudbeds: { loads: ["hotels.cloudbeds.com"], links: ["hotels.cloudbeds.com"] },
  SiteMinder: {
    links: [
      "app.littlehotelier.com/properties/*",
      "apac.littlehotelier.com/properties/*",
      "direct-book.com/properties/*",
      "book-directonline.com/properties/*",
    ],
  },
  "Booking.com": { loads: ["bstatic.com/static/affiliate*"], links: ["booking.com/hotel/*/*"] },
  Airbnb: { loads: ["airbnb.com/embeddable"], links: ["airbnb.com/rooms/*", "airbnb.com/h/*"] },
  Lodgify: { loads: ["lodgify.com"], links: ["checkout.lodgify.com"] },
  Smoobu: { loads: ["login.smoobu.com"] },
  Beds24: { loads: ["beds24.com"], links: ["beds24.com/booking*"] },
  Mews: { loads: ["mews.com/distributor", "mews.li/distributor"] },
  eTermin: { loads: ["etermin.net"], links: ["etermin.net/*"] },
  Terminland: {
    loads: ["terminland.de", "terminland.eu"],
    links: on(["terminland.de", "terminland.eu"], "*"),
  },
  Docplanner: {
    loads: ["platform.docplanner.com"],
    links: on(
      ["jameda.de", "doctoralia.es", "doctoralia.com.mx", "doctoralia.com.br", "miodottore.it"],
      "*/*/*",
    ),
  },
  samedi: { loads: ["samedi.de"], links: ["termin.samedi.de", "patient.samedi.de"] },
  "Dr. Flex": { loads: ["dr-flex.de"] },
  OneDoc: { loads: ["onedoc.ch"], links: ["onedoc.ch/*/*/*"] },
  HotDoc: { loads: ["hotdoc.com.au"], links: ["hotdoc.com.au/medical-centres/*"] },
  Cliniko: { loads: ["cliniko.com"], links: ["*.cliniko.com/bookings"] },
  Bokadirekt: { links: ["bokadirekt.se/places/*"] },
  TIMIFY: { loads: ["widget.timify.com"], links: ["book.timify.com"] },
  Glofox: { loads: ["app.glofox.com"], links: ["app.glofox.com/portal"] },
  WellnessLiving: { loads: ["wellnessliving.com"], links: ["wellnessliving.com/schedule/*"] },
  Momence: { loads: ["momence.com/plugin"], links: ["momence.com/u/*"] },
  Eversports: {
    loads: ["widget.eversports.com"],
    links: on(["eversports.de", "eversports.at", "eversports.ch"], "s/*"),
  },
  Appointlet: { loads: ["js.appointlet.com"], links: ["*.appointlet.com", "appt.link/*"] },
  OnceHub: {
    loads: ["cdn.oncehub.com", "cdn.scheduleonce.com"],
    links: on(["go.oncehub.com", "go.scheduleonce.com"], "*"),
  },
  Reservio: { loads: ["reservio.com"], links: ["*.reservio.com"] },
  SavvyCal: { loads: ["embed.savvycal.com"], links: ["savvycal.com/*"] },
  Workiz: { loads: ["online-booking.workiz.com"], links: ["online-booking.workiz.com"] },
  "Hot Pepper Beauty": { links: ["beauty.hotpepper.jp/sln*"] },
  RESERVA: { loads: ["reserva.be"], links: ["reserva.be/*"] },
  Amelia: { plugins: ["ameliabooking"], implies: ["WordPress"] },
  Bookly: { plugins: ["bookly-responsive-appointment-booking-tool"], implies: ["WordPress"] },
});
