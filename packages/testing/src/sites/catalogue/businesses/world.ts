import { business, type Words } from "../../business.ts";

export const SPANISH: Words = {
  home: "Inicio",
  about: "Nosotros",
  services: "Productos",
  contact: "Contacto",
  privacy: "Política de privacidad",
  hours: "Horario",
  call: "Llámanos",
  write: "Escríbenos",
  name: "Nombre",
  email: "Correo electrónico",
  message: "Mensaje",
  send: "Enviar",
  rights: "Todos los derechos reservados.",
};
export const GERMAN: Words = {
  home: "Start",
  about: "Über uns",
  services: "Leistungen",
  contact: "Kontakt",
  privacy: "Datenschutz",
  hours: "Öffnungszeiten",
  call: "Telefon",
  write: "E-Mail",
  name: "Ihr Name",
  email: "Ihre E-Mail-Adresse",
  message: "Ihre Nachricht",
  send: "Absenden",
  rights: "Alle Rechte vorbehalten.",
};
export const JAPANESE: Words = {
  home: "ホーム",
  about: "当館について",
  services: "お部屋",
  contact: "お問い合わせ",
  privacy: "プライバシーポリシー",
  hours: "営業時間",
  call: "電話",
  write: "メール",
  name: "お名前",
  email: "メールアドレス",
  message: "お問い合わせ内容",
  send: "送信",
  rights: "無断転載を禁じます。",
};
export const FRENCH: Words = {
  home: "Accueil",
  about: "Le garage",
  services: "Prestations",
  contact: "Contact",
  privacy: "Mentions légales",
  hours: "Horaires",
  call: "Téléphone",
  write: "Courriel",
  name: "Votre nom",
  email: "Votre adresse",
  message: "Votre message",
  send: "Envoyer",
  rights: "Tous droits réservés.",
};

export const panaderiaSol = business({
  host: "panaderia-sol.example",
  name: "Panadería Sol",
  tagline: "Pan de masa madre desde 1952",
  description:
    "Panadería y pastelería artesana en Sevilla. Pan de masa madre, tortas de aceite y encargos para celebraciones.",
  language: "es-ES",
  phone: "+34 954 22 01 48",
  email: "pedidos@panaderia-sol.example",
  address: { street: "Calle Feria 31", city: "Sevilla", postal: "41003", country: "ES" },
  people: [
    { name: "Rocío Domínguez", role: "Maestra panadera", email: "rocio@panaderia-sol.example" },
    { name: "Álvaro Peña", role: "Encargos" },
  ],
  hours: [
    { days: "Monday Tuesday Wednesday Thursday Friday Saturday", opens: "07:30", closes: "14:30" },
  ],
  social: {
    instagram: "https://www.instagram.com/panaderiasol",
    facebook: "https://www.facebook.com/panaderiasol",
  },
  intro: [
    "Encendemos el horno a las tres de la mañana para que el pan esté en tu mesa a la hora del desayuno.",
    "Harina ecológica, agua, sal y tiempo. Nada más.",
  ],
  about: [
    "Mi abuelo abrió la panadería en 1952 y la masa madre sigue siendo la misma. Tres generaciones, un solo horno de leña.",
    "Servimos a más de veinte bares y restaurantes del centro de Sevilla.",
  ],
  services: [
    {
      name: "Hogaza de masa madre",
      text: "Un kilo, corteza gruesa, 24 horas de fermentación.",
      price: "4,20 €",
    },
    { name: "Torta de aceite", text: "Con ajonjolí y anís.", price: "1,10 €" },
    { name: "Tartas por encargo", text: "Con dos días de antelación." },
  ],
  quotes: [{ text: "El mejor pan de la calle Feria, y mira que hay.", by: "Curro J." }],
  founded: 1952,
});

export const schreinereiHuber = business({
  host: "schreinerei-huber.example",
  name: "Schreinerei Huber",
  tagline: "Möbel und Innenausbau aus dem Chiemgau",
  description:
    "Meisterbetrieb in Traunstein: Küchen, Türen, Treppen und Möbel nach Maß aus heimischem Holz.",
  language: "de-DE",
  phone: "+49 861 90 94 170",
  email: "werkstatt@schreinerei-huber.example",
  address: { street: "Wasserburger Straße 44", city: "Traunstein", postal: "83278", country: "DE" },
  people: [
    { name: "Josef Huber", role: "Schreinermeister", email: "j.huber@gmx.de" },
    { name: "Katharina Huber", role: "Planung und Büro", email: "buero@schreinerei-huber.example" },
  ],
  hours: [
    { days: "Monday Tuesday Wednesday Thursday", opens: "07:30", closes: "16:30" },
    { days: "Friday", opens: "07:30", closes: "12:00" },
  ],
  social: { instagram: "https://www.instagram.com/schreinereihuber" },
  intro: [
    "Wir bauen, was bleibt: Küchen, in denen gekocht wird, und Tische, an denen drei Generationen sitzen.",
    "Jedes Stück entsteht in unserer Werkstatt in Traunstein, vom Aufmaß bis zur Montage.",
  ],
  about: [
    "Die Schreinerei besteht seit 1961. Josef Huber führt sie in zweiter Generation, mit vier Gesellen und zwei Auszubildenden.",
    "Unser Holz stammt aus Wäldern, die wir zu Fuß erreichen könnten.",
  ],
  services: [
    { name: "Küchen nach Maß", text: "Planung, Bau und Montage aus einer Hand." },
    { name: "Türen und Treppen", text: "Massiv oder furniert, auch für den Altbau." },
    { name: "Einzelmöbel", text: "Tische, Betten, Schränke: nach Ihrer Skizze." },
  ],
  founded: 1961,
});

export const sakuraRyokan = business({
  host: "sakura-ryokan.example",
  name: "旅館さくら",
  tagline: "箱根の静かな湯宿",
  description: "箱根湯本の温泉旅館。源泉かけ流しの露天風呂と季節の会席料理でおもてなしいたします。",
  language: "ja",
  phone: "0460-85-5123",
  email: "yoyaku@sakura-ryokan.example",
  address: {
    street: "湯本茶屋 182",
    city: "箱根町",
    region: "神奈川県",
    postal: "250-0312",
    country: "JP",
  },
  people: [{ name: "山田 花子", role: "女将" }],
  intro: [
    "創業百二十年、箱根の山あいに佇む十二室の小さな宿です。源泉かけ流しの露天風呂から、四季折々の渓谷をお楽しみください。",
    "夕食は地元の食材を使った会席料理をお部屋でご用意いたします。",
  ],
  about: [
    "旅館さくらは明治三十八年に創業いたしました。女将の山田花子が皆様をお迎えいたします。",
    "箱根湯本駅より送迎バスで八分です。",
  ],
  services: [
    { name: "和室十二畳", text: "渓谷側、露天風呂付き。", price: "38,500円より" },
    { name: "和室八畳", text: "庭園側。", price: "24,200円より" },
    { name: "日帰り入浴", text: "午前十一時から午後三時まで。", price: "1,800円" },
  ],
  founded: 1905,
});

export const garageDupont = business({
  host: "garage-dupont.example",
  name: "Garage Dupont",
  tagline: "Mécanique générale à Lyon",
  description:
    "Garage indépendant à Lyon 7e : entretien, réparation, contrôle et carrosserie toutes marques.",
  language: "fr",
  phone: "04 78 72 01 36",
  email: "accueil@garage-dupont.example",
  address: { street: "18 rue de Gerland", city: "Lyon", postal: "69007", country: "FR" },
  people: [{ name: "Éloïse Dupont", role: "Gérante", email: "eloise.dupont@orange.fr" }],
  intro: [
    "Révision, freins, embrayage : un devis clair avant chaque réparation, et la pièce usée rendue au client.",
    "Véhicule de prêt sur réservation.",
  ],
  about: [
    "Le garage a été créé en 1974 par Marcel Dupont. Éloïse, sa fille, a repris l’atelier en 2006.",
  ],
  services: [
    {
      name: "Révision complète",
      text: "Vidange, filtres, niveaux, contrôle de sécurité.",
      price: "à partir de 149 €",
    },
    { name: "Freinage", text: "Plaquettes et disques en deux heures." },
    { name: "Carrosserie", text: "Débosselage sans peinture." },
  ],
  founded: 1974,
});

export const cafeZuerich = business({
  host: "xn--caf-sole-d1a.example",
  name: "Café Sole",
  tagline: "Kaffee und Kuchen am See",
  description: "Kleines Kaffeehaus in Zürich mit eigener Rösterei und Blick auf den See.",
  language: "de-CH",
  phone: "+41 44 251 60 12",
  email: "info@xn--caf-sole-d1a.example",
  address: { street: "Seefeldstrasse 9", city: "Zürich", postal: "8008", country: "CH" },
  social: { instagram: "https://www.instagram.com/cafesole.zh" },
  intro: [
    "Hausgemachte Kuchen, frisch gerösteter Kaffee und eine Terrasse, auf der man den Nachmittag vergisst.",
  ],
  about: ["Seit 2019 im Seefeld. Die Bohnen rösten wir im Keller."],
  services: [
    { name: "Frühstück", text: "Bis elf Uhr, am Sonntag bis zwei." },
    { name: "Torten auf Bestellung", text: "Zwei Tage im Voraus." },
  ],
  founded: 2019,
});
