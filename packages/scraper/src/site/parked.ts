import type { Extract } from "../extract/extract.ts";

const SAMPLE_LENGTH = 60_000;
/** A page with more words has something of its own to say. */
const WORDS_MAX = 300;
/** Sentences that a business might also write are believed only where there is little else. */
const SENTENCE_WORDS_MAX = 140;

/** Hosts, scripts and addresses of those who park, sell and suspend domains: no business puts them on its own page. */
const MARK =
  /sedoparking\.com|sedo\.com\/search\/details|parkingcrew\.net|bodis\.com|parklogic\.com|above\.com\/marketplace|afternic\.com\/forsale|hugedomains\.com\/domain_profile|dan\.com\/buy-domain|domainmarket\.com|uniregistry\.com|img1\.wsimg\.com\/parking-lander|parking-lander|sav\.com\/parking|d38psrni17bvxu\.cloudfront\.net|d1lxhc4jvstzrp\.cloudfront\.net|parking\.reg\.ru|parkingpage\.namecheap\.com|porkbun\.com\/(?:checkout|marketplace)\/|dynadot\.com\/market|namesilo\.com\/marketplace|spaceship\.com\/domains\/domain-registration\/results|parked-content\.godaddy\.com|mcc\.godaddy\.com\/park|domainparking\.|parked\.(?:com|easydns\.com)|registrar-servers\.com\/parking|suspended-domain\.|parkeddomain|data-adblockkey=|window\.park\s*=|\/cgi-sys\/(?:defaultwebpage|suspendedpage)\.cgi|default\.one\.com|hostinger\.[a-z]+\/(?:domain-parking|parked)|strato\.(?:de|com)\/(?:faq\/)?.{0,40}baustelle|united-domains\.de\/parken|arsys\.es\/parking|registro\.br\/dominio-parado|onamae\.com\/parking|loopia\.[a-z]+\/(?:parking|domainnames\/parked)|transip\.[a-z]+\/reserved/i;
/** The whole page of a registrar: a script that sends everybody to its own lander. */
const LANDER = /(?:window\.)?location(?:\.href)?\s*=\s*["']\/lander(?:["'?])/;

/** Titles of pages that come with a server, a panel or a registration, and of suspended accounts. */
const TITLE =
  /^(?:welcome to (?:nginx|openresty|caddy|centos|the openlitespeed web ?server|your new (?:site|website|droplet|server))!?.{0,40}|apache2? (?:\w+ )?(?:default page|test page).*|test page for (?:the )?(?:apache|nginx|http).*|http server test page.*|iis (?:windows(?: server)?|\d.*)|iis\d?|microsoft azure app service.*|it works!?|caddy works!?|congratulations(?: \| cyberpanel)?!?|account suspended|(?:this )?(?:account|domain|site|website) (?:has been |is )?(?:temporarily )?suspended\.?|suspended domain|contact support|default web site page|default (?:page|parking page|index)|index of \/.{0,60}|domain default page|plesk .*default.*|web server's default page|web hosting default page|(?:hostinger )?parked domain.*|domain parked.*|parked at loopia.*|domain (?:is )?registered.{0,60}|domain (?:name )?reserved.{0,40}|domain (?:gesichert|reserviert|registriert|geparkt).{0,40}|hier entsteht eine neue (?:internetpr(?:ä|ae)senz|webseite|website|homepage).{0,20}|domaine? (?:non install[ée]e?|enregistr[ée]e?|parqu[ée]e?|r[ée]serv[ée]e?).{0,40}|dominio (?:registrado|aparcado|parado|parcheggiato|in vendita|en venta|reservado).{0,40}|dom[ií]nio (?:registrado|estacionado|à venda).{0,40}|domein(?:naam)? (?:gereserveerd|geregistreerd|te koop).{0,40}|future home of .*|coming soon \| .{0,40}(?:godaddy|registrar|hosting).{0,20}|website (?:coming soon|under construction) ?.{0,40}parked.*|(?:https?:\/\/)?(?:www\.)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?: is| has| domain name is| -|:|\s\|)? ?(?:for sale|parked|(?<=is )available for (?:sale|purchase)|(?<=(?:is|has) )expired|zu verkaufen|steht zum verkauf|à vendre|en venta|te koop|in vendita|à venda|till salu).{0,60}|buy (?:the domain )?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+.{0,60}|(?:the )?domain (?:name )?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+ (?:is (?:for sale|parked)|may be for sale).{0,60}|hugedomains.*|loading\.\.\. ?\| ?parking.*)$/iu;

/** Sentences of parkers, sellers, hosts and registrars. */
const SENTENCE =
  /このドメイン(?:は|名は).{0,40}(?:取得されています|販売中|登録されています)|\b(?:this domain (?:name )?(?:is|may be) (?:for sale|available for (?:sale|purchase))|(?:buy|purchase|get) this domain|make an offer (?:on|for) this domain|(?:interested|inquire) (?:in|about) this domain|domain (?:is|has been) parked|this (?:web ?page|domain) is parked|parked (?:free|for free),? courtesy of|the domain .{3,80} is for sale|this domain (?:has (?:recently )?been|is|was) (?:recently )?(?:registered|purchased) (?:at|by|with|via|through)|this domain (?:name )?(?:has )?expired|(?:renew|reactivate) (?:your|this) domain|diese domain (?:steht|ist|kann|wurde) .{0,40}(?:zum verkauf|verkauft|gekauft werden|registriert|reserviert|geparkt)|domain (?:ist )?zu verkaufen|hier entsteht (?:in k(?:ü|ue)rze )?(?:eine|die) neue (?:internetpr(?:ä|ae)senz|webseite|website|homepage)|ce (?:nom de )?domaine (?:est|a [ée]t[ée]) (?:(?:à|a) vendre|enregistr[ée]|r[ée]serv[ée]|parqu[ée])|este dominio (?:est[áa]|ha sido|se encuentra) (?:en venta|registrado|aparcado|parado|a la venta)|este dom[íi]nio (?:est[áa]|foi) (?:à venda|registrado|estacionado)|questo dominio (?:è|e) (?:in vendita|parcheggiato|registrato)|deze domeinnaam is (?:te koop|gereserveerd|geregistreerd|geparkeerd)|den här domänen är (?:parkerad|till salu|registrerad)|this account has been suspended|this (?:web ?site|site) has been (?:temporarily )?suspended|if you see this page, the (?:nginx|openresty|caddy) web server|apache2 default page|this page is used to test the proper operation of the|site not configured|there is no website configured at this address|no web ?site is configured (?:at|for) this|looks like this domain isn'?t connected to a website|sorry, this (?:shop|store) is currently unavailable|(?:has not yet|hasn'?t) been (?:connected|published) (?:to|by)|this is the default (?:index|web|welcome) page|website is ready\. the content is to be added)/i;

/** Whether a page is a parker's, a seller's, a registrar's or a fresh server's instead of a site. */
export function isParked(extract: Extract, html: string): boolean {
  const { wordCount, title } = extract.page;
  if (wordCount > WORDS_MAX) return false;
  if (TITLE.test((title ?? "").trim())) return true;
  const sample = html.slice(0, SAMPLE_LENGTH);
  if (MARK.test(sample)) return true;
  if (wordCount < 10 && LANDER.test(sample)) return true;
  return wordCount <= SENTENCE_WORDS_MAX && SENTENCE.test(sample);
}
