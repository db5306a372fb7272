import { attribute, type Examples, link, load, loader, plugin, script, word } from "./example.ts";

/** Appointments and stays. */
export const VISITING: Examples = {
  Calendly: [
    load("https://assets.calendly.com/assets/external/widget.js"),
    link("calendly.com/nordwind/30min"),
  ],
  "Acuity Scheduling": [
    load("https://embed.acuityscheduling.com/js/embed.js"),
    link("app.acuityscheduling.com/schedule.php?owner=1234"),
  ],
  Setmore: [load("https://nordwind.setmore.com/"), link("nordwind.setmore.com/")],
  SimplyBook: [
    load("//widget.simplybook.me/v2/widget/widget.js"),
    link("nordwind.simplybook.me/v2/"),
  ],
  Booksy: [
    load("https://booksy.com/widget/code.js?id=12&country=us&lang=en"),
    link("booksy.com/en-us/1234_nordwind-barbers_barber-shop_1234_portland"),
  ],
  Fresha: [
    load("https://www.fresha.com/book-now/nordwind/all-offer"),
    link("www.fresha.com/a/nordwind-portland-1-main-street-9f2"),
  ],
  Vagaro: [
    load("https://www.vagaro.com//resources/WidgetEmbeddedLoader/9f2?v=1.js"),
    link("www.vagaro.com/nordwindsalon"),
  ],
  Treatwell: [
    load("https://widget.treatwell.de/ort/1234/menu/"),
    link("www.treatwell.de/ort/nordwind-friseure/"),
  ],
  Doctolib: [
    load("https://www.doctolib.de/iframe?id=12"),
    link("www.doctolib.de/praxis/berlin/zahnarztpraxis-nordwind"),
  ],
  Mindbody: [
    load("https://widgets.mindbodyonline.com/javascripts/healcode.js"),
    link("clients.mindbodyonline.com/classic/ws?studioid=1234"),
  ],
  "Square Appointments": [
    load("https://square.site/appointments/buyer/widget/9f2/1a.js"),
    link("book.squareup.com/appointments/9f2/location/1a/services"),
  ],
  Jobber: [
    load("https://d3ey4dbjkt2f6s.cloudfront.net/assets/static_link/work_request_embed_snippet.js"),
    link("clienthub.getjobber.com/client_hubs/9f2/public/work_request/new"),
  ],
  "Housecall Pro": [
    load("https://online-booking.housecallpro.com/script.js?token=9f2&orgName=Nordwind"),
    link("book.housecallpro.com/book/Nordwind/9f2"),
  ],
  ServiceTitan: [
    loader("static.servicetitan.com/webscheduler/shim.js"),
    word("STWidgetManager('init', '9f2')"),
  ],
  FareHarbor: [
    load("https://fareharbor.com/embeds/script/calendar/nordwind/?x.js"),
    link("fareharbor.com/embeds/book/nordwind/?full-items=yes"),
  ],
  YouCanBookMe: [
    load("https://nordwind.youcanbook.me/?noframe=true"),
    link("nordwind.youcanbook.me"),
  ],
  "Cal.com": [
    loader("app.cal.com/embed/embed.js"),
    attribute('data-cal-link="nordwind/30min"'),
    link("cal.com/nordwind/30min"),
  ],
  "Microsoft Bookings": [
    load("https://outlook.office365.com/owa/calendar/Nordwind@nordwind-studio.example/bookings/"),
    link("outlook.office365.com/owa/calendar/Nordwind@nordwind-studio.example/bookings/"),
  ],
  "Google Calendar": [
    load("https://calendar.google.com/calendar/appointments/schedules/AcZ9f2?gv=true"),
    link("calendar.app.google/9fK2jL"),
  ],
  "Jane App": [script("nordwind.janeapp.com/embed/book_online"), link("nordwind.janeapp.com/")],
  SimplePractice: [
    load("https://widget-cdn.simplepractice.com/assets/integration-1.0.js"),
    link("nordwind.clientsecure.me"),
  ],
  Zocdoc: [
    loader("offsiteschedule.zocdoc.com/plugin/embed"),
    link("www.zocdoc.com/practice/nordwind-dental-1234"),
  ],
  NexHealth: [
    load("https://app.nexhealth.com/appt/nordwind?embed=1"),
    link("app.nexhealth.com/appt/nordwind"),
  ],
  Phorest: [
    load("https://www.phorest.com/book/salons/nordwind"),
    link("www.phorest.com/salon/nordwind"),
  ],
  Timely: [
    load("https://book.gettimely.com/widget/book-button-v1.5.js"),
    link("bookings.gettimely.com/nordwind/book"),
  ],
  Planity: [
    load("https://d2skjte8udjqxw.cloudfront.net/widget/production/2/app.js"),
    link("www.planity.com/nordwind-coiffure-31000-toulouse"),
  ],
  Shore: [
    load("https://connect.shore.com/widget/nordwind"),
    link("connect.shore.com/bookings/nordwind/services?locale=de"),
  ],
  Salonized: [
    load("https://static-widget.salonized.com/loader.js"),
    link("nordwind.salonized.com/widget_bookings/new"),
  ],
  Salonkee: [
    load("https://salonkee.lu/salon/nordwind?embed=1"),
    link("salonkee.lu/salon/nordwind"),
  ],
  GlossGenius: [link("nordwind.glossgenius.com/book")],
  StyleSeat: [link("www.styleseat.com/m/v/nordwind")],
  Mangomint: [loader("booking.mangomint.com/app.js"), link("booking.mangomint.com/nordwindspa")],
  Boulevard: [
    loader("static.joinboulevard.com/injector.min.js"),
    link("dashboard.boulevard.io/booking/businesses/9f2/widget"),
  ],
  Zenoti: [
    load("https://nordwind.zenoti.com/webstoreNew/services"),
    link("nordwind.zenoti.com/webstoreNew/services"),
  ],
  Schedulicity: [
    load("https://www.schedulicity.com/scheduling/NWS9F2"),
    link("www.schedulicity.com/scheduling/NWS9F2"),
  ],
  Appointy: [
    load("https://booking.appointy.com/nordwind/widget.js"),
    link("nordwind.appointy.com"),
  ],
  TidyCal: [load("https://asset-tidycal.b-cdn.net/js/embed.js"), link("tidycal.com/nordwind/call")],
  Peek: [load("https://js.peek.com/widget_button.js"), link("book.peek.com/s/9f2/1a")],
  Rezdy: [load("https://nordwind.rezdy.com/pluginJs"), link("nordwind.rezdy.com/12/harbour-tour")],
  Checkfront: [
    load("https://nordwind.checkfront.com/lib/interface--30.js"),
    link("nordwind.checkfront.com/reserve/"),
  ],
  Bókun: [
    load(
      "https://widgets.bokun.io/assets/javascripts/apps/build/BokunWidgetsLoader.js?bookingChannelUUID=9f2",
    ),
  ],
  Bookeo: [load("https://bookeo.com/widget.js?a=12"), link("bookeo.com/nordwind")],
  Xola: [loader("xola.com/checkout.js"), link("checkout.xola.com/index.html#seller/9f2")],
  Cloudbeds: [
    load("https://hotels.cloudbeds.com/widget/load/9f2/horizontal.js"),
    link("hotels.cloudbeds.com/reservation/9f2"),
  ],
  SiteMinder: [link("direct-book.com/properties/nordwindhotel")],
  "Booking.com": [
    load("https://cf.bstatic.com/static/affiliate_base/js/flexiproduct.js"),
    link("www.booking.com/hotel/de/nordwind.de.html"),
  ],
  Airbnb: [
    load("https://www.airbnb.com/embeddable/airbnb_jssdk.js"),
    link("www.airbnb.com/rooms/12345678"),
  ],
  Lodgify: [
    load("https://app.lodgify.com/portable-search-bar/stable/renderPortableSearchBar.js"),
    link("checkout.lodgify.com/nordwind/12"),
  ],
  Smoobu: [load("https://login.smoobu.com/js/Settings/BookingToolIframe.js")],
  Beds24: [
    load("https://beds24.com/widget.php?propid=12"),
    link("www.beds24.com/booking2.php?propid=12"),
  ],
  Mews: [load("https://api.mews.com/distributor/distributor.min.js")],
  eTermin: [load("https://www.etermin.net/nordwind"), link("www.etermin.net/nordwind")],
  Terminland: [
    load("https://www.terminland.de/nordwind/?mode=frame"),
    link("www.terminland.de/nordwind/"),
  ],
  Docplanner: [
    load("https://platform.docplanner.com/js/widget.js"),
    link("www.jameda.de/anna-nordwind/zahnarzt/berlin"),
  ],
  samedi: [load("https://patient.samedi.de/booking/nordwind"), link("termin.samedi.de/b/nordwind")],
  "Dr. Flex": [load("https://dr-flex.de/embed.js?medicalPracticeId=12")],
  OneDoc: [
    load("https://www.onedoc.ch/de/embed/zahnarztpraxis/nordwind"),
    link("www.onedoc.ch/de/zahnarztpraxis/bern/e9f2/nordwind"),
  ],
  HotDoc: [
    load("https://www.hotdoc.com.au/request/appointment/widget.js"),
    link("www.hotdoc.com.au/medical-centres/perth-WA-6000/nordwind/doctors"),
  ],
  Cliniko: [
    load("https://nordwind.au1.cliniko.com/bookings?embedded=true"),
    link("nordwind.au1.cliniko.com/bookings"),
  ],
  Bokadirekt: [link("www.bokadirekt.se/places/nordwind-1234")],
  TIMIFY: [load("https://widget.timify.com/js/widget.js"), link("book.timify.com/?accountId=9f2")],
  Glofox: [
    load("https://app.glofox.com/portal/#/branch/9f2/classes-day-view"),
    link("app.glofox.com/portal/#/branch/9f2"),
  ],
  WellnessLiving: [
    load("https://www.wellnessliving.com/skin-static/widget.js"),
    link("www.wellnessliving.com/schedule/nordwind_yoga"),
  ],
  Momence: [
    load("https://momence.com/plugin/host-schedule/host-schedule.js"),
    link("momence.com/u/nordwind-yoga-9f2"),
  ],
  Eversports: [
    loader("widget.eversports.com/loader.js"),
    link("www.eversports.de/s/nordwind-yoga"),
  ],
  Appointlet: [load("https://js.appointlet.com/x.js"), link("appt.link/nordwind")],
  OnceHub: [load("https://cdn.oncehub.com/mergedjs/so.js"), link("go.oncehub.com/Nordwind")],
  Reservio: [load("https://nordwind.reservio.com/widget.js"), link("nordwind.reservio.com/")],
  SavvyCal: [loader("embed.savvycal.com/v1/embed.js"), link("savvycal.com/nordwind/chat")],
  Workiz: [
    load("https://online-booking.workiz.com/?ac=9f2"),
    link("online-booking.workiz.com/?ac=9f2"),
  ],
  "Hot Pepper Beauty": [link("beauty.hotpepper.jp/slnH000123456/")],
  RESERVA: [load("https://reserva.be/nordwind/embed.js"), link("reserva.be/nordwind")],
  Amelia: [plugin("ameliabooking", "7.9")],
  Bookly: [plugin("bookly-responsive-appointment-booking-tool")],
};
