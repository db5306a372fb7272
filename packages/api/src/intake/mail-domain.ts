/** Mailboxes that anybody can have: their domain is not the site of whoever writes from it. */
const PROVIDERS = new Set(
  `gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com hotmail.de hotmail.fr hotmail.it hotmail.es
  hotmail.co.uk live.com live.de live.fr live.nl live.co.uk msn.com yahoo.com yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.co.uk yahoo.co.jp yahoo.co.in
  yahoo.com.br ymail.com rocketmail.com icloud.com me.com mac.com aol.com aol.de gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.eu web.de
  t-online.de magenta.de freenet.de arcor.de online.de email.de mail.de posteo.de mailbox.org vodafone.de kabelmail.de bluewin.ch sunrise.ch hispeed.ch
  hotmail.ch aon.at chello.at utanet.at kabsi.at orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr libero.it virgilio.it
  tiscali.it alice.it tin.it fastwebnet.it pec.it legalmail.it arubapec.it telefonica.net terra.es terra.com.br uol.com.br bol.com.br ig.com.br
  globo.com btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk comcast.net verizon.net att.net sbcglobal.net
  bellsouth.net cox.net charter.net earthlink.net juno.com shaw.ca rogers.com sympatico.ca telus.net bigpond.com optusnet.com.au
  xtra.co.nz ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl telenet.be skynet.be proximus.be wp.pl o2.pl onet.pl op.pl interia.pl
  seznam.cz centrum.cz email.cz azet.sk zoznam.sk freemail.hu citromail.hu abv.bg mail.bg telia.com online.no hotmail.se hotmail.no mail.dk
  mail.ru yandex.ru yandex.com ya.ru bk.ru list.ru inbox.ru rambler.ru ukr.net i.ua qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com
  daum.net hanmail.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com rediffmail.com proton.me protonmail.com pm.me tutanota.com
  tuta.com fastmail.com hey.com zoho.com mail.com email.com hushmail.com`.split(/\s+/),
);

const MAIL_LENGTH_MAX = 320;

/** The domain part of a cell that is one e-mail address and nothing else; undefined for other cells. */
export function mailDomain(cell: string): string | undefined {
  if (cell.length > MAIL_LENGTH_MAX) return undefined;
  return /^(?:.{0,80}<)?(?:mailto:)?[^\s@<>,;:"]+@([^\s@<>,;:"?/]+\.[^\s@<>,;:"?/]+?)(?:\?\S*)?>?$/i.exec(
    cell.trim(),
  )?.[1];
}

/** Whether the domain belongs to a provider of mailboxes. */
export const isMailProvider = (domain: string): boolean => PROVIDERS.has(domain);
