const words = (list: string): string[] => list.trim().split(/\s+/);

/** Whole words of which one at least is in a title. */
const WORDS = words(`
  ceo cfo cto coo cmo md vp owner co-?owner founder co-?founder president chairman chairwoman chairperson director manager managing partner
  principal proprietor head lead leader chief officer executive supervisor coordinator administrator assistant secretary receptionist
  consultant advis[eo]r agent broker realtor attorney lawyer solicitor barrister paralegal notary accountant bookkeeper auditor engineer
  architect designer developer technician mechanic electrician plumber carpenter builder contractor foreman dentist doctor physician surgeon
  nurse therapist hygienist psychologist veterinarian optometrist pharmacist chiropractor physiotherapist teacher instructor coach trainer
  tutor chef cook baker sommelier stylist barber photographer editor author artist florist gardener pastor curator producer specialist
  kitchen workshop warehouse accounting billing finance purchasing logistics representative sales marketing operations support reception
  geschäftsleitung geschäftsführung vorstand vorsitzender? sekretariat rechtsanwalt buchhaltung verkauf empfang werkstatt küche lager einkauf versand technik produktion logistik kundendienst montage koch köchin leitung ansprechpartner(?:in)?
  pdg dg gérante? directeur directrice fondateur fondatrice associée? présidente? responsable chargée? assistante? secrétaire avocate? notaire
  comptable médecin dentiste infirmière? infirmier vétérinaire architecte ingénieure? artisane? boulanger boulangère coiffeur coiffeuse
  commerciale? vendeu(?:r|se) cheffe? conseill(?:er|ère)
  gerente directora? dueñ[oa] propietari[oa] fundadora? soci[oa] presidente jef[ea] encargad[oa] abogad[oa] médic[oa] dentista administradora?
  asesora? secretari[oa] comercial
  titolare amministratore amministratrice direttore direttrice fondatore fondatrice responsabile avvocat[oa] commercialista medico geometra
  segretari[oa] cuoc[oa]
  eigenaar eigenares oprichter bestuurder zaakvoerder vennoot bedrijfsleider medewerk(?:er|ster) adviseur advocaat notaris boekhouder tandarts
  huisarts kok bakker
  vd ägare grundare delägare verkställande ordförande säljare ansvarig advokat läkare tandläkare kock
  proprietári[oa] sóci[oa] diretora? advogad[oa] contadora? engenheir[oa] arquitet[oa] vendedora? coordenadora?
`);

/** German puts titles together, and gives most a form for women. */
const GERMAN_ENDS = words(`
  führer inhaber gründer gesellschafter prokurist leiter meister berater assistent sekretär notar buchhalter therapeut apotheker architekt
  ingenieur techniker verkäufer disponent bäcker konditor friseur fotograf redakteur trainer lehrer bearbeiter manager
`);
const GERMAN_WHOLE = words("leitung anwalt anwältin arzt ärztin beauftragter? assistenz");

const OTHER_SCRIPTS =
  "代表|社長|取締役|店長|院長|所長|部長|課長|担当|責任者|女将|料理長|支配人|オーナー";

const TITLE = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${WORDS.join("|")}|(?:vertriebs?|einkaufs?)\\p{L}{0,20}|\\p{L}{0,25}(?:(?:${GERMAN_ENDS.join("|")})(?:in)?|${GERMAN_WHOLE.join("|")}))(?![\\p{L}\\p{M}])|${OTHER_SCRIPTS}`,
  "iu",
);

/** Whether one of the words is of a title, in the languages of the sites that staff read. */
export const hasTitleWord = (text: string): boolean => TITLE.test(text);
