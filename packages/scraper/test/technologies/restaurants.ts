import { picture, attribute, type Examples, link, load, loader } from "./example.ts";

/** Tables, orders and deliveries. */
export const RESTAURANTS: Examples = {
  OpenTable: [
    load("//www.opentable.com/widget/reservation/loader?rid=1234&type=standard&x.js"),
    link("www.opentable.co.uk/r/nordwind-london"),
  ],
  Resy: [
    load("https://widgets.resy.com/embed.js"),
    link("resy.com/cities/new-york-ny/venues/nordwind"),
  ],
  SevenRooms: [
    load("https://www.sevenrooms.com/widget/embed.js"),
    link("www.sevenrooms.com/reservations/nordwind"),
  ],
  Quandoo: [
    load("https://booking-widget.quandoo.com/index.js"),
    link("www.quandoo.de/place/nordwind-1234"),
  ],
  Toast: [
    load("https://www.toasttab.com/nordwind/giftcards?embed=1"),
    link("order.toasttab.com/online/nordwind-main-street"),
  ],
  ChowNow: [
    load("https://cf.chownow.com/latest/static/integrations/ordering-modal.min.js"),
    link("ordering.chownow.com/order/1234/locations"),
  ],
  BentoBox: [
    picture("images.getbento.com/accounts/9f2/media/x.jpg"),
    load("https://theme-assets.getbento.com/sensei/9f2/assets/css/main.css"),
  ],
  DoorDash: [link("www.doordash.com/store/nordwind-portland-1234/")],
  "Uber Eats": [link("www.ubereats.com/store/nordwind/9fK2jL")],
  Grubhub: [link("www.grubhub.com/restaurant/nordwind-1-main-st-portland/1234")],
  TheFork: [
    load("https://widget.thefork.com/9f2c-1a"),
    link("widget.thefork.com/fr/9f2c-1a?step=date"),
  ],
  Tock: [loader("www.exploretock.com/tock.js"), link("www.exploretock.com/nordwind")],
  "Yelp Reservations": [
    load("https://www.yelp.com/reservations/nordwind-portland/widget"),
    link("www.yelp.com/reservations/nordwind-portland"),
  ],
  Slice: [link("slicelife.com/restaurants/me/portland/04101/nordwind-pizza/menu")],
  Menufy: [link("nordwind.menufy.com")],
  Popmenu: [picture("popmenucloud.com/9f2/1a.jpg"), load("https://cdn.popmenu.com/assets/main.js")],
  SpotHopper: [
    picture("static.spotapps.co/spots/9f/full"),
    load("https://static.spotapps.co/web-lib/bootstrap/js/x.js"),
    link("tmt.spotapps.co/reservations?spot_id=12"),
  ],
  Olo: [load("https://nordwind.olo.com/menu/frame"), link("nordwind.olo.com/menu/main-street")],
  Clover: [link("www.clover.com/online-ordering/nordwind-portland")],
  Lieferando: [link("www.lieferando.de/speisekarte/nordwind-berlin")],
  "Just Eat": [link("www.just-eat.co.uk/restaurants-nordwind-leeds/menu")],
  Deliveroo: [link("deliveroo.co.uk/menu/london/soho/nordwind")],
  Wolt: [link("wolt.com/de/deu/berlin/restaurant/nordwind")],
  GloriaFood: [
    load("https://www.fbgcdn.com/embedder/js/ewm2.js"),
    attribute('class="glf-button" data-glf-cuid="9f2" data-glf-ruid="1a"'),
  ],
  resmio: [
    load("https://static.resmio.com/static/de/widget.js"),
    link("app.resmio.com/nordwind/widget"),
  ],
  Zenchef: [
    load("https://sdk.zenchef.com/v1/sdk.min.js"),
    link("bookings.zenchef.com/results?rid=12"),
  ],
  Formitable: [load("https://cdn.formitable.com/sdk/v1/ft.sdk.min.js")],
  foratable: [load("https://nordwind.foratable.com/widget.js")],
  CoverManager: [
    load("https://www.covermanager.com/reserve/module_restaurant/nordwind/spanish"),
    link("www.covermanager.com/reserve/module_restaurant/nordwind/spanish"),
  ],
  ResDiary: [
    load("https://booking.resdiary.com/bundles/WidgetV2Loader.js"),
    link("booking.resdiary.com/widget/Standard/Nordwind/12"),
  ],
  "Now Book It": [
    load("https://plugins.nowbookit.com/x.js"),
    link("bookings.nowbookit.com/?accountid=9f2"),
  ],
  "Eat App": [load("https://eatapp.co/widget/nordwind"), link("eatapp.co/reserve/nordwind-9f2")],
  SkipTheDishes: [link("www.skipthedishes.com/nordwind-pizza")],
  iFood: [link("www.ifood.com.br/delivery/sao-paulo-sp/nordwind/9f2")],
  Rappi: [link("www.rappi.com.mx/restaurantes/12345-nordwind")],
  Zomato: [link("www.zomato.com/mumbai/nordwind-bandra")],
  Swiggy: [link("www.swiggy.com/city/mumbai/nordwind-bandra-rest12")],
  Tabelog: [link("tabelog.com/tokyo/A1301/A130101/13012345/")],
  Gurunavi: [link("r.gnavi.co.jp/9fk2jl/")],
  "Hot Pepper Gourmet": [link("www.hotpepper.jp/strJ001234567/")],
};
