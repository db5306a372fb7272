const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Hosts that stand for "your own", as forms and manuals write them; never where mail is read. */
const SAMPLE_HOST =
  /^(?:[\w-]+\.)*(?:(?:example|exemple|beispiel|ejemplo|esempio|voorbeeld|exempel|exemplo|sample|muster|placeholder|domain|domaine|dominio|domein|doman|yourdomain|your-domain|mydomain|my-domain|yoursite|your-site|mysite|yourwebsite|yourcompany|your-company|yourbusiness|yourbrand|yourstore|yourshop|yourname|mywebsite|my-website|mybusiness|reallygreatsite|mycompany|ihredomain|ihre-domain|ihrefirma|ihre-firma|deinedomain|deine-domain|meinedomain|meine-domain|musterfirma|muster-firma|musterdomain|firmenname|votredomaine|votre-domaine|votresite|votre-site|votreentreprise|monsite|mondomaine|tudominio|tu-dominio|sudominio|su-dominio|midominio|tuempresa|tusitio|seudominio|seu-dominio|seusite|suaempresa|suodominio|tuodominio|tuo-dominio|miosito|tuosito|uwdomein|uw-domein|jouwdomein|jouw-domein|uwbedrijf|jouwbedrijf|dindoman|dittforetag)\.[a-z.]{2,10}|(?:company|website|demo|business|correo|courriel|email|e-mail|site|address|host|server|provider|test|test1|foo|bar|abc|xyz|acme|empresa|azienda|entreprise|hoge|hogehoge)\.com|(?:firma|unternehmen|mustermann|musterfrau|test|email)\.de|test\.(?:fr|it|es|nl|se|com\.br|co\.jp|co\.uk)|hoge\.(?:co\.)?jp|xxx+\.[a-z.]{2,6})$/;

/** First parts that stand for somebody's name, on every host. */
const ANYBODY = set(`
  firstname.lastname first.last firstname lastname first.lastname firstnamelastname f.lastname vorname.nachname vorname nachname v.nachname
  name.vorname prenom.nom prénom.nom nom.prenom p.nom nombre.apellido nombre.apellidos nome.cognome nome.sobrenome voornaam.achternaam
  fornamn.efternamn förnamn.efternamn youremail your-email your_email your.email yourname your-name your_name your.name yourmail youraddress
  youremailaddress your.emailaddress ihre-email ihre.email ihreemail ihremail ihre-mail ihr.name ihr-name ihrname deine-email deineemail
  deinemail deine-mail deine.email dein.name deinname votre-email votre.email votreemail votremail votre-mail votre.nom votrenom votre-nom
  tuemail tu-email tu.email tucorreo tu-correo sucorreo suemail su-email tunombre tu.nombre tuaemail latuaemail latuamail tua-email tuonome
  seuemail seu-email seu.email seunome seu.nome jouwemail jouw-email jouwnaam uwemail uw-email uwnaam dinemail din-email dinmail
  max.mustermann maxmustermann m.mustermann mustermann erika.mustermann max-mustermann john.doe johndoe j.doe jane.doe janedoe jean.exemple
  someone somebody anyone sb
`);

/** First parts that are as good as none where the mailbox is a stranger's. */
const NOBODY = set(`
  you your name user username usuario utente gebruiker benutzer benutzername test tester testing test1 test123 example exemple beispiel ejemplo
  esempio exemplo sample abc xyz asdf foo bar foobar aaa bbb nom prenom nombre nome naam namn ihre deine votre emailaddress email-address
  yourid myname myemail my-email mymail abcd abcde qwerty xx xxx xxxx xxxxx xxxxxx hoge hogehoge
`);
/** Of these only those at a free provider are made up: "mail@" is a usual mailbox of a business. */
const NOBODY_FREE = set(
  "la-tua latua tua tuo seu sua jouw uw din dina tu su email e-mail mail mymail correo correio courriel address adresse direccion johnsmith john.smith john",
);

/** Of no business: those who make sites, their tools, and networks. Their own sites are exempt. */
const MAKERS = set(`
  elementor.com wordpress.com wordpress.org squarespace.com squarespace-mail.com wix.com wixpress.com godaddy.com shopify.com weebly.com
  webflow.com webflow.io jimdo.com strikingly.com duda.co dudamobile.com framer.com tilda.cc webnode.com hostinger.com carrd.co joomla.org
  drupal.org typo3.org typo3.com ghost.org hubspot.com magento.com prestashop.com shopware.com bigcommerce.com ecwid.com mailchimp.com
  elegantthemes.com themeforest.net envato.com themeisle.com wpengine.com kinsta.com siteground.com bluehost.com yoast.com woocommerce.com
  automattic.com jetpack.com gravityforms.com wpforms.com ninjaforms.com cloudflare.com usercentrics.com cookiebot.com onetrust.com iubenda.com
  cookieyes.com borlabs.io intercom.io intercom.com zendesk.com typeform.com jotform.com calendly.com stripe.com paypal.com klaviyo.com
  google.com facebook.com fb.com meta.com instagram.com twitter.com x.com linkedin.com youtube.com tiktok.com pinterest.com
  apple.com microsoft.com adobe.com amazon.com github.com gitlab.com bitbucket.org npmjs.com jquery.com jquery.org php.net w3.org schema.org
  iana.org ietf.org mozilla.org gnu.org apache.org nginx.org nginx.com sentry.io sentry-cdn.com fontawesome.com fonticons.com creativecommons.org
  templatemonster.com colorlib.com html5up.net bootstrapmade.com theme-fusion.com wpbakery.com brizy.io rankmath.com ionos.com localhost.com
  namecheap.com networksolutions.com enom.com tucows.com dreamhost.com hostgator.com gandi.net ovh.com ovhcloud.com strato.de hetzner.com
`);
/** Machines only, whatever stands before them. */
const MACHINE_HOST =
  /(?:^|\.)(?:sentry\.io|sentry-next\.wixpress\.com|wixpress\.com|noreply\.github\.com|mail\.gmail\.com|email\.amazonses\.com|bounces?\.[\w.-]+|local|localhost|localdomain|internal|lan)$/;

/** Who speaks from one server of the fediverse to another: the names look like addresses and take no mail. */
const FEDIVERSE =
  /(?:^|\.)(?:mastodon\.\w+|mstdn\.\w+|pixelfed\.\w+|peertube\.\w+|misskey\.\w+|lemmy\.\w+|fosstodon\.org|hachyderm\.io|chaos\.social|troet\.cafe|norden\.social|social\.(?:tchncs\.de|bund\.de|coop|vivaldi\.net)|mas\.to|techhub\.social|infosec\.exchange|mamot\.fr|piaille\.fr|sueden\.social|ruhr\.social|threads\.net|bsky\.social)$/;

const FILE_ENDING =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp|css|scss|less|js|mjs|cjs|jsx|tsx?|json|map|woff2?|ttf|otf|eot|mp[34]|webm|mov|pdf|docx?|html?|php|aspx?|zip|gz|xml|vue|min)$/;

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{24,}$/;
const TOKEN = /^(?=(?:\D*\d){6})[a-z0-9]{28,}$/;

/** "admin@admin.com" is nobody's. */
const SELF = /^(?:admin|demo|user|mail|company|domain|web|office|business)$/;

export interface Whose {
  /** Lower case. */
  local: string;
  /** Lower case, ASCII. */
  host: string;
  /** Whether the host is of the site that the address stands on. */
  own: boolean;
  /** Whether anybody gets a mailbox there. */
  free: boolean;
}

/** Whether nobody of a business reads such a mailbox: samples, machines, files, handles, and whoever made the site. */
export function isNobody({ local, host, own, free }: Whose): boolean {
  if (UUID.test(local) || HEX.test(local) || TOKEN.test(local)) return true;
  if (ANYBODY.has(local) || FILE_ENDING.test(host)) return true;
  if (own) return false;
  return (
    SAMPLE_HOST.test(host) ||
    MACHINE_HOST.test(host) ||
    FEDIVERSE.test(host) ||
    MAKERS.has(host) ||
    NOBODY.has(local) ||
    (SELF.test(local) && host.startsWith(`${local}.`)) ||
    (free && NOBODY_FREE.has(local))
  );
}
