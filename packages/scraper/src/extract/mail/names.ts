/** Given names that are common where staff work: told of a mailbox without any name beside it, they make it a person's. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  `aaron adam adrian agnes aiko akira alan albert alberto alejandro alessandro alessia alex alexander alexandra alexandre alfred alice alicia
   alina alison allison amanda amelie amir amit amy ana anders andre andrea andreas andrew andy angela angelika anil anita anja ann anna anne annette
   annika anthony antje antoine anton antonella antonio arjun armin arne arnold arthur ashley astrid axel barbara bas bastian beate beatrice beatriz
   ben benjamin bernard bernd bernhard bert bettina bianca bill bjorn bob bodo brandon brenda brian brigitte bruno camille carina carl carla
   carlo carlos carmen carol carolin carolina caroline carsten catherine cecile cecilia chantal charles charlotte chloe chris christa christian
   christiane christina christine christoph christophe christopher claire clara claude claudia claudio clemens colin constanze cornelia craig cristina
   daisuke dan daniel daniela danielle dave david deborah deepak denis denise dennis derek detlef diana diego dieter dimitri dirk dominik dominique
   donald donna doris dorothea doug douglas edgar eduardo edward elena eleonora elias elisa elisabeth elizabeth elke ella ellen els emil emily
   emma emmanuel enrico eric erica erich erik erika ernst erwin esther eva evelyn fabian fabio fabrice federica federico felipe felix
   ferdinand fernanda fernando filip fiona flavia flavio florence florian frances francesca francesco francisco franck francois frank franz
   franziska fred frederic frederik friedrich fritz gabi gabriel gabriela gabriele gareth gary geert georg george gerald gerard gerd gerhard gert
   gianluca gilles gina giorgio giovanna giovanni gisela giulia giuseppe gordon grace graham greg gregor guido guillaume gunter gustav hanna hannah hans
   harald harry hartmut heather heidi heike heiko heinrich heinz helen helena helga helmut hendrik henri henrik henry herbert hermann hiroshi
   holger horst howard hubert hugo ian ignacio igor ilka ilona ilse ines inga ingo ingrid irene iris isabel isabella isabelle ivan ivo jack
   jackie jacob jacqueline jacques jaime jakob james jan jana jane janet janine jason javier jay jean jeff jeffrey jennifer jens jeremy jerome
   jerry jessica jill jim joachim joan joao jochen joe joel joerg johan johann johanna johannes john jonas jonathan jorg jorge jose josef joseph
   joshua juan judith judy juergen julia julian juliane julie julien justin jutta kai karen karim karin karina karl karsten kate katharina
   katherine kathleen kathrin kathy katie katja katrin keith kelly ken kenji kenneth kerstin kevin kim kirsten klaus konrad kristin kristina kumar
   kurt kyle lara larry lars laura laurence laurent lea lena leo leon leonardo leonie lisa lorena lorenz lorenzo louis louise luc luca lucas lucia
   luciana lucie ludwig luigi luis luisa lukas lutz lynn madeleine magdalena maike manfred manon manuel manuela marc marcel marcelo marco marcus
   margaret margit margot maria mariana marie marina mario marion marisa mark markus marlene marta martha martin martina mary massimo mateo mathias
   mathieu mats matt matteo matthew matthias matthieu maurice mauricio maurizio max maxime maximilian melanie melissa michael michaela michel
   michele michelle miguel mika mike mikael milan miriam mirko mohamed mohammed monica monika monique nadia nadine nadja nancy natalia natalie
   nathalie nathan neil niklas nico nicola nicolas nicole niels nils nina noah nora norbert olaf oliver olivia olivier oscar oskar otto pablo paola
   paolo pascal patricia patrick patrik paul paula paulo pedro peggy per peter petra phil philip philipp philippe pia pierre pieter pilar priya
   rachel rafael rainer raj rajesh ralf ralph ramon raphael raul raymond rebecca regina reinhard renata renate rene ricardo riccardo richard rita
   robert roberta roberto robin roger roland rolf roman ron ronald rosa rosemarie ross roy ruben rudolf rupert russell ruth ryan sabine sabrina
   sally sam samantha samuel sandra sanjay sara sarah sascha satoshi scott sean sebastian sergio shannon sharon silke silvia simon simona simone
   sofia sofie sonia sonja sophia sophie stefan stefania stefanie stefano steffen stella stephan stephane stephanie stephen steve steven stuart
   sunil susan susana susanne suzanne svante sven sylvia sylvie takashi tamara tania tanja tara ted teresa terry thea theo theresa thierry
   thomas thorsten tiago tilo tim timo tina tobias todd tom tomas tommaso tony torsten tracy udo ulf ulrich ulrike ursula ute uwe valentina
   valerie vanessa vera verena veronica victor victoria vikram vincent vincenzo viola viktor virginia volker walter waltraud wendy werner wilhelm
   willem william willy wim wolfgang xavier yann yannick yoshi yuki yves yvonne zoe`.split(/\s+/),
);
