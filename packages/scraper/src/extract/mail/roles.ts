const words = (list: string): string[] => list.trim().split(/\s+/);

/** The mailbox for whoever writes for the first time; of these the best address is chosen first. */
const FRONT = words(`
  info infos information informationen informacion informação informazioni hello hi hallo hola bonjour ciao ola hej
  contact contacts contactus contact-us kontakt kontakte kontakta contacto contato contatto contatti contactez
  office buero büro kanzlei praxis mail email e-mail post correo courriel service services kundenservice kundendienst
  welcome willkommen bienvenue accueil reception receptie rezeption recepcion recepção reception receptionen frontdesk front-desk
  enquiries enquiry inquiries inquiry anfrage anfragen toiawase otoiawase general
`);

const OTHERS = words(`
  support help helpdesk hilfe suporte soporte assistance assistenza aide ayuda servicedesk
  customerservice customer-service customercare customersupport customer.service kundensupport klantenservice kundtjanst kundtjänst sac atendimento
  atencion atencionalcliente servicioalcliente serviceclient sav
  sales vertrieb verkauf ventas vendas vendite vente ventes verkoop forsaljning försäljning sell eigyo
  commercial comercial commerciale einkauf purchasing procurement compras acquisti achats inkoop
  admin administration administrator administracion administração amministrazione administratie verwaltung secretariat sekretariat secretaria
  secretaría segreteria secretary assistant backoffice
  team crew staff people direction direccion direção direzione directie geschaeftsleitung geschäftsleitung management gf leitung zentrale head
  booking bookings book reservations reservation reservas reserva reservierung reservierungen reserveren reserveringen prenotazioni prenotazione
  bokning boka buchung buchungen yoyaku appointments appointment termin termine rendezvous rdv citas cita agenda agendamento schedule scheduling
  orders order bestellung bestellungen bestellen pedidos pedido commandes commande ordini ordine ordrar orderdesk shop onlineshop webshop store
  laden boutique tienda loja negozio winkel butik dispatch versand shipping logistik logistics spedition returns retouren
  billing accounts account accounting accountspayable ap ar rechnung rechnungen buchhaltung buha invoice invoices invoicing factura facturas
  facturacion facturación fattura fatture fatturazione contabilidad contabilidade contabilita compta comptabilite comptabilité facturation
  faktura ekonomi boekhouding facturen administratie finance finances finanzen financeiro keiri payments payroll
  jobs job careers career karriere bewerbung bewerbungen recruiting recruitment recruit hr personal personnel personalabteilung rh empleo
  trabajo vagas curriculum cv rrhh emploi recrutement lavoro vacatures saiyo ausbildung
  press presse prensa imprensa stampa pers media marketing werbung publicidad pr communication communications kommunikation comunicacion
  comunicação redaktion redaction redazione editorial editor news newsletter newsroom events event veranstaltung veranstaltungen eventos eventi
  webmaster postmaster hostmaster abuse root sysadmin it edv itsupport tech technik technical noc security webadmin web website
  privacy datenschutz dataprotection dpo dsb rgpd gdpr lopd lgpd privacidad privacidade privacyofficer legal recht impressum compliance
  noreply no-reply no_reply donotreply do-not-reply nicht-antworten nepasrepondre noresponder naoresponda mailer mailer-daemon notifications
  notification bounce bounces system automailer
  feedback complaints reklamation reclamaciones reclami klachten beschwerde beschwerden quality qualitaet qualität
  wholesale grosshandel b2b partner partners partnership affiliates affiliate dealer dealers haendler händler export import distribution
  intake referral referrals patients patient rezept rezepte rezeptbestellung nurse doctor arzt clinic clinica klinik zahnarzt apotheke pharmacy
  ask questions question fragen preguntas vraag fragor quotes quote angebot angebote offerte offerten offert devis preventivi preventivo cotizacion
  cotizaciones presupuesto presupuestos orcamento orçamento estimates estimate
  members membership mitglieder mitglied verein vorstand donations donate spenden foundation
  werkstatt werkstaette werkstätte garage workshop taller officina oficina studio atelier service-center lager warehouse
  hotel restaurant kueche küche kitchen cafe bar gasthaus pension camping spa gym fitness salon kitchen catering
  rental rentals vermietung mieten location alquiler noleggio verhuur uthyrning hausverwaltung immobilien realestate lettings property
  school schule escuela ecole scuola kita kindergarten registrar admissions admission anmeldung inscription inscriptions inscripciones iscrizioni
  soumu bulletin projects projekte project projekt notdienst emergency service24 dispo planung design grafik production produktion
`);

/** Mailboxes that nobody reads, or only about the machines. */
const UNREAD =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|nicht-?antworten|nepasrepondre|noresponder|naoresponda|mailer(?:-daemon)?|notifications?|bounces?|system|automailer|abuse|postmaster|hostmaster|root|sysadmin|noc|security)$/;
/** Mailboxes for other things than business. */
const ASIDE =
  /^(?:webmaster|webadmin|privacy|privacyofficer|datenschutz|dataprotection|dpo|dsb|gdpr|rgpd|lopd|lgpd|privacidade?|privacidad|legal|compliance|jobs?|careers?|karriere|bewerbung(?:en)?|recruit(?:ing|ment)?|hr|rh|rrhh|cv|press|presse|prensa|imprensa|stampa|billing|rechnung(?:en)?|buchhaltung|invoices?|invoicing|accounts?(?:payable)?)$/;

const front = new Set(FRONT);
const roles = new Set([...FRONT, ...OTHERS]);

/** "info.berlin", "sales-uk", "team2" and "kontakt_de" are roles as their first word is; "pr.jones" is a person. */
const firstWord = (local: string): string => /^[^.+_\-\d]{3,}/u.exec(local)?.[0] ?? "";

/** Whether a mailbox is of an office or a task. @param local lower case, NFC */
export const isRole = (local: string): boolean => roles.has(local) || roles.has(firstWord(local));

/** Whether it is the mailbox for everybody. */
export const isFrontRole = (local: string): boolean =>
  front.has(local) || front.has(firstWord(local));

/** Whether no person reads what is sent there. */
export const isUnread = (local: string): boolean =>
  UNREAD.test(local) || UNREAD.test(firstWord(local));

/** Whether who does business should write elsewhere, if there is an elsewhere. */
export const isAside = (local: string): boolean =>
  ASIDE.test(local) || ASIDE.test(firstWord(local));
