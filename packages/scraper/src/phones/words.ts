const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Words that stand before a number to call, in the languages of the sites; lower case, without dots. */
export const CALL_WORDS = words(`
  tel tele tell telf telefon telefone telefones telefono telefonos telefoon telefoni telefonnr telefonnummer telefoonnummer
  telefonnumero telefonszam telefonisch telefonos teléfono teléfonos telèfon tél téléphone téléphones telephone telephones telefonická
  ph phn phone phones phoneno phonenumber fon phon fono fone foon tlf tlfn tfn tfno tfl tlph tlfnr tlfnummer puh puhelin
  call calls callus dial ring text texts txt sms viber whatsapp signal llame llama llámanos llámenos llámeme llamar llamanos
  appelez appeler ligue ligar anrufen anruf ruf rufen rufnummer rufnr bel bellen ring ringa chiama chiamaci chiamare contattaci
  mobile mobiles mob mobil mobiel mobilnummer mobiltelefon mobilfunk móvil movil móviles celular celulares cel cell cellphone
  cellulare cellulari cellular handy handynr handynummer natel gsm portable portables telemóvel telemovel komórka komorka matkapuhelin
  hotline helpline infoline landline festnetz festnetznummer fijo fisso fixe fijos switchboard durchwahl vaxel växel telemóveis
  tollfree freephone freecall gratuito standardtelefon kundentelefon notruf notrufnummer emergency notdienst
  telefonas telefonu telefonem telefonní telefónne тел телефон телефони мобильный моб phonecall τηλ τηλέφωνο טלפון هاتف
  ☎ ✆ ✆️ 📞 📱 ℡ 🕿 🤙
`);

/** Words of the fax; with a call word beside it ("Tel/Fax") the number is one to call as well. */
export const FAX_WORDS = words(`
  fax faxe faxes faxnr faxno faxnum faxnumber faxnummer faxnumero faxnumeri telefax telefaxe telefaxnr telefaxnummer telefaks télécopie
  télécopieur télécopies telecopie telecopieur telecopia téléfax faks faksi faksinumero faxszam facsimile facsimil facsímil facsímile símile simile
  fac faximile telefaxová fx факс факсы φαξ פקס فاكس telefakss fakss faxas faksas ℻ 📠
`);

/** Words after which a number is a figure, a sum or the name of a record. */
export const RECORD_WORDS = words(`
  id ids ident identifier idnr ref refs reference referenz bestellnummer bestellnr ordernr ordernummer isbn issn ean gtin upc asin doi pmid pmcid
  arxiv sku mpn serial seriennummer modell model modelo modèle teilenummer artikelnummer artikelnr artnr codice codigo código code kode vin chassis
  fahrgestellnummer vat ust ustid ustidnr uid umsatzsteuer umsatzsteueridentifikationsnummer umsatzsteuerid mwst mwstnr tva iva piva partita btw btwnr btwnummer
  moms momsnr tax taxid steuernummer steuernr steuer stnr finanzamt hrb hra hrg gnr vr handelsregister handelsregisternummer registernummer registergericht
  amtsgericht firmenbuch firmenbuchnummer fn zvr dvr gisa siret siren rcs ape naf rna kbis kvk rsin orgnr organisationsnummer organisationsnr
  cvr ytunnus krs nip regon pesel ičo ico dič dic cif nif nie nifcif dni cnpj cpf rg creci crm oab cro crea coren rfc curp cct gstin gst pst hst qst cin
  pan tan fssai udyam msme llpin din ein fein npi nmls ssn itin duns abn acn afsl acl qbcc rn arbn nzbn charity registration registrations registered registrierung
  registre registro registry register reg regno rego license licence licenses lic licensenumber licencia licença lizenz lizenznr licenza permit konto kontonummer
  kontonr kto ktonr compte cuenta conta conto blz bankleitzahl iban bic swift sortcode routing aba ifsc upi micr agencia agência rechnungsnr kundennummer
  kundennr mitgliedsnummer tracking sendungsnummer aktenzeichen patent patents usdot ccb cslb postfach box postbox po plz zip zipcode cap cep postcode
  pincode postal gps lat latitude lon lng longitude koordinaten coordinates geo rea albo sdi pec matricola matricula matrícula imo mmsi icao iata isin wkn lei
  spendenkonto gläubiger glaubiger since seit depuis desde dal version build rev hash checksum iso astm zulassung zulassungsnummer bauartzulassung
  eur euro euros usd gbp chf sek nok dkk jpy cad aud brl mxn inr rs kr preis price prix precio prezzo preço total summe betrag amount
  expediente exp folio protocolo protocollo pratica vorgang vorgangsnummer vorgangsnr auftragsnummer auftragsnr dossiernummer zaaknummer
  ärendenummer diarienummer facture processo proceso
  invoice invoices rechnung factura fattura contract vertrag part parts item account acct cuenta mc bsb
  sanitario colegiado colegiada kundnr kundnummer ncua fdic 品番 型番
  adeli rpps finess orias dea uprn mpan siae
  登録番号 法人番号 免許 許可 郵便番号
`);

/** Words that are a desk to call as often as a record ("Orders: …"): records only when a word for "number" follows. */
export const DESK_WORDS = words(`
  order orders bestellung pedido pedidos commande commandes ordine art article artikel artículo articulo case file ticket company customer
  client kunde kunden member membership accounts policy police branch dot org confirmation booking
  reservation claim quote loan unit room suite
`);

/** Short forms of "number": what follows one is a record, unless a word of the telephone or the fax stands before it. */
export const NUMBER_SIGNS = words(
  "no nr num n n° nº nos núm # № nº: numéro numero número nummer number numbers",
);

/** Words that may stand between such a word and its number. */
export const FILLER_WORDS = words(`
  en us at on sie mich ihn vous te le now today anytime any time here for or uns an unter der die das den unser unsere unserer nous au aux
  le la al a para por para el los nos ons op oss på pa il lo ci em in or our the toll free line direct directly please bitte jetzt me my via und
  und or oder y e et og och & + is ist are 24 7 hour hours tollfree usa uk us gratis gratuit kostenlos kostenfrei
`);
