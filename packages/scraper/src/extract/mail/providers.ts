/** First labels of providers that have the same name under many endings. */
const EVERYWHERE =
  /^(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|gmx|yandex|proton|protonmail|tutanota|tuta|zoho|aol|icloud|mail|email)\.(?:[a-z]{2,3}|co\.[a-z]{2}|com\.[a-z]{2}|ne\.jp)$/;

/** Providers of one name, and the lines' own mail, by country. */
const NAMED: ReadonlySet<string> = new Set(
  `aim.com me.com mac.com pm.me fastmail.com fastmail.fm hushmail.com hey.com duck.com mailbox.org posteo.de posteo.net posteo.at posteo.ch
   tutamail.com keemail.me inbox.com gmx.net gmx.de gmx.at gmx.ch web.de t-online.de freenet.de arcor.de online.de onlinehome.de vodafone.de
   kabelmail.de unitybox.de unity-mail.de netcologne.de ewetel.net ewe.net versanet.de alice.de alice-dsl.net o2online.de o2mail.de magenta.de
   freenetmail.de email.de mail.de 1und1.de osnanet.de htp-tel.de teleos-web.de aon.at a1.net chello.at utanet.at kabsi.at inode.at drei.at liwest.at
   bluewin.ch bluemail.ch sunrise.ch hispeed.ch swissonline.ch vtxmail.ch quickline.ch besonet.ch tiscalinet.ch green.ch
   orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr aliceadsl.fr club-internet.fr cegetel.net 9online.fr
   libero.it virgilio.it alice.it tin.it tiscali.it tim.it inwind.it iol.it email.it fastwebnet.it poste.it pec.it legalmail.it pecimprese.it
   telefonica.net terra.es ono.com ya.com movistar.es euskaltel.net orange.es
   ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl xs4all.nl casema.nl chello.nl upcmail.nl quicknet.nl telfort.nl tele2.nl online.nl
   zonnet.nl caiway.nl solcon.nl skynet.be telenet.be proximus.be
   telia.com bredband.net comhem.se spray.se tele2.se swipnet.se passagen.se bahnhof.se home.se
   btinternet.com btopenworld.com btconnect.com sky.com talktalk.net ntlworld.com virginmedia.com virgin.net blueyonder.co.uk tiscali.co.uk
   plus.com plusnet.com o2.co.uk orange.net fsmail.net talk21.com eircom.net
   comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net frontier.com windstream.net
   centurylink.net spectrum.net rr.com roadrunner.com juno.com netzero.net embarqmail.com q.com pacbell.net suddenlink.net mindspring.com
   cableone.net frontiernet.net prodigy.net ameritech.net swbell.net peoplepc.com
   rogers.com shaw.ca sympatico.ca bell.net telus.net videotron.ca cogeco.ca eastlink.ca sasktel.net mts.net nb.sympatico.ca teksavvy.com
   bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au westnet.com.au internode.on.net dodo.com.au ozemail.com.au adam.com.au
   xtra.co.nz bol.com.br uol.com.br terra.com.br ig.com.br globo.com globomail.com oi.com.br r7.com prodigy.net.mx
   docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com ocn.ne.jp biglobe.ne.jp so-net.ne.jp plala.or.jp dion.ne.jp excite.co.jp
   infoseek.jp jcom.home.ne.jp rediffmail.com sify.com vsnl.net vsnl.com indiatimes.com bsnl.in in.com
   qq.com 163.com 126.com sina.com sina.cn sohu.com foxmail.com yeah.net 139.com aliyun.com naver.com daum.net hanmail.net nate.com
   mail.ru bk.ru list.ru inbox.ru internet.ru rambler.ru ya.ru seznam.cz centrum.cz email.cz volny.cz wp.pl onet.pl onet.eu interia.pl
   interia.eu o2.pl op.pl poczta.fm tlen.pl gazeta.pl abv.bg sapo.pt freemail.hu citromail.hu ukr.net i.ua walla.com walla.co.il`.split(
    /\s+/,
  ),
);

/** Whether anybody gets a mailbox at this host: a free provider, or the mail of a telephone company's customers. */
export const isFreeMail = (host: string): boolean => NAMED.has(host) || EVERYWHERE.test(host);
