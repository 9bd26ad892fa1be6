/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Function words, titles, roles, bodies and common words, written for this project. A word may stand in
 * several rows. */
#include "annotate/tables/words.h"

#define DET ONR_WORD_DETERMINER
#define PRO ONR_WORD_PRONOUN
#define ADV ONR_WORD_ADVERB
#define COMMON ONR_WORD_COMMON

const OnrWordList onr_word_lists[] = {
    {DET, "the a an this that these those some any each every no many most several few all both another "
          "other such either neither half "
          "certain various numerous countless enough more less fewer much own"},
    {ONR_WORD_POSSESSIVE, "its their whose"},
    {ONR_WORD_POSSESSIVE | ONR_WORD_MALE, "his"},
    {ONR_WORD_POSSESSIVE | ONR_WORD_FEMALE | ONR_WORD_OBJECT, "her"},
    {ONR_WORD_POSSESSIVE | ONR_WORD_FIRST, "my our"},
    {ONR_WORD_POSSESSIVE, "your"},
    {PRO | ONR_WORD_MALE, "he"},
    {PRO | ONR_WORD_FEMALE, "she"},
    {PRO | ONR_WORD_FIRST, "i we"},
    {PRO | ONR_WORD_PLURAL, "they"},
    {PRO, "it you someone somebody everyone everybody anyone anybody nobody one there thou ye"},
    {PRO | ONR_WORD_PLURAL, "others many some several most few both all those these another"},
    {PRO | ONR_WORD_MALE | ONR_WORD_CONTRACTED, "he'd he'll he's"},
    {PRO | ONR_WORD_FEMALE | ONR_WORD_CONTRACTED, "she'd she'll she's"},
    {PRO | ONR_WORD_FIRST | ONR_WORD_CONTRACTED, "i'm i've i'd i'll we're we've we'd we'll"},
    {PRO | ONR_WORD_PLURAL | ONR_WORD_CONTRACTED, "they're they've they'd they'll"},
    {PRO | ONR_WORD_CONTRACTED,
     "you're you've you'd you'll it's it'll it'd there's there're there'll that's that'll that'd who's who'd "
     "who'll who've what's here's let's"},
    {ONR_WORD_OBJECT | ONR_WORD_MALE, "him himself"},
    {ONR_WORD_OBJECT | ONR_WORD_FEMALE, "herself"},
    {ONR_WORD_OBJECT | ONR_WORD_PLURAL, "them themselves"},
    {ONR_WORD_OBJECT | ONR_WORD_FIRST, "me us myself ourselves"},
    {ONR_WORD_OBJECT, "itself yourself yourselves something anything nothing everything"},
    {ONR_WORD_POSSESSIVE | ONR_WORD_OBJECT, "hers theirs ours mine yours"},
    {ONR_WORD_PREPOSITION, "of in on at by for from with about against between into through during before "
                           "after above below under over "
                           "among amid amidst across behind beyond despite within without toward towards "
                           "upon around near inside outside "
                           "since until till like unlike as per via throughout alongside besides except "
                           "concerning regarding onto off "
                           "than versus vs out up down along ahead atop"},
    {ONR_WORD_COORDINATOR, "and or but nor yet plus &"},
    {ONR_WORD_SUBORDINATOR, "because although though while whereas if unless since until after before when "
                            "once as whether lest whenever "
                            "wherever even_though so provided"},
    {ONR_WORD_THAT, "that"},
    {ONR_WORD_WH, "who what which when where why how whether whose whom whoever whatever whichever"},
    {ONR_WORD_MODAL, "will would can could may might shall should must ought cannot"},
    {ONR_WORD_MODAL | ONR_WORD_NEGATED, "won't wouldn't can't couldn't mightn't shan't shouldn't mustn't"},
    {ONR_WORD_BE, "be am is are was were been being 's 're"},
    {ONR_WORD_BE | ONR_WORD_NEGATED, "isn't aren't wasn't weren't ain't"},
    {ONR_WORD_HAVE, "have has had having 've"},
    {ONR_WORD_HAVE | ONR_WORD_NEGATED, "haven't hasn't hadn't"},
    {ONR_WORD_DO, "do does did doing done"},
    {ONR_WORD_DO | ONR_WORD_NEGATED, "don't doesn't didn't"},
    {ONR_WORD_TO, "to"},
    {ONR_WORD_ACCORDING, "according"},
    {ONR_WORD_NOT, "not n't never"},
    {ADV, "also then now still just only even again soon later earlier recently once ever always often "
          "sometimes rarely seldom already "
          "perhaps maybe instead further thus therefore however meanwhile moreover nevertheless nonetheless "
          "otherwise rather quite very too "
          "almost nearly here there back far well long much more most once twice together apart away forward "
          "indeed likewise similarly "
          "elsewhere everywhere anywhere hence thereby ago yet first last finally at_least of_course "
          "for_example for_instance in_fact "
          "so_far as_well at_all in_part in_general in_particular in_turn in_addition as_usual at_times "
          "no_longer sort_of kind_of thereafter afterward afterwards beforehand publicly privately openly "
          "repeatedly pretty somewhat "
          "anyway besides alike aloud else thereupon straight alone altogether downright outright overseas "
          "abroad upstairs"},
    {COMMON,
     "family friendly early daily weekly monthly yearly only elderly costly deadly lovely lonely ugly ally "
     "rally supply reply assembly "
     "monopoly anomaly orderly unruly bully belly jelly july italy hourly quarterly holy likely unlikely"},
    {ONR_WORD_NUMBER, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
                      "fifteen sixteen seventeen eighteen nineteen "
                      "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
                      "billion trillion dozen dozens hundreds thousands "
                      "millions billions first second third fourth fifth sixth seventh eighth ninth tenth"},
    {ONR_WORD_TIME | ONR_WORD_CALENDAR,
     "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
     "saturdays "
     "sundays january february march april may june july august september october november december jan feb "
     "mar "
     "apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun easter christmas"},
    {ONR_WORD_TIME, "today tonight yesterday tomorrow day days week weeks weekend weekends month months year "
                    "years decade decades century morning "
                    "afternoon evening night nights noon midnight hour hours minute minutes moment moments "
                    "spring summer autumn fall winter quarter "
                    "earlier later ago fortnight overnight"},

    /* titles: capitalised before a name, and no part of it */
    {ONR_WORD_TITLE | ONR_WORD_MALE,
     "mr messrs mister sir lord king prince father brother baron count duke sheikh "
     "sheik emir sultan imam ayatollah pope"},
    {ONR_WORD_TITLE | ONR_WORD_FEMALE,
     "mrs ms miss madam madame dame lady queen princess sister mother baroness countess duchess"},
    {ONR_WORD_TITLE | ONR_WORD_ROLE,
     "dr drs doctor prof professor sen sens reps govs senator rep representative gov governor pres president "
     "vice-president "
     "vice_president minister prime_minister "
     "premier chancellor secretary undersecretary ambassador consul attorney_general solicitor_general "
     "surgeon_general gen general col colonel maj major capt "
     "captain lt lieutenant sgt sergeant cpl corporal pvt private adm admiral cmdr commander brig brigadier "
     "marshal "
     "judge justice chief_justice magistrate rev reverend bishop archbishop cardinal rabbi pastor "
     "mayor councilman councilwoman councillor councilor alderman assemblyman assemblywoman congressman "
     "congresswoman "
     "chairman chairwoman chairperson chair chief director commissioner inspector detective officer "
     "constable superintendent "
     "sheriff deputy trooper agent speaker leader coach manager editor correspondent reporter columnist "
     "anchor host "
     "secretary_general secretary-general attorney lawyer prosecutor counsel spokesman spokeswoman "
     "spokesperson candidate nominee "
     "frontrunner front-runner contender hopeful dictator adviser advisor aide strategist pollster "
     "economist analyst historian scientist author writer actor actress singer comedian artist director "
     "producer "
     "billionaire businessman businesswoman mogul entrepreneur founder co-founder cofounder ceo cfo coo "
     "president-elect "
     "lawmaker legislator delegate envoy diplomat spymaster strongman warlord activist whistleblower "
     "principal dean provost treasurer "
     "first_lady foreign_minister finance_minister defense_minister defence_minister interior_minister "
     "justice_minister "
     "prime_minister-elect majority_leader minority_leader house_speaker party_leader opposition_leader "
     "supreme_leader "
     "press_secretary district_attorney state_sen state_rep national_security_adviser "
     "national_security_advisor campaign_manager chief_executive "
     "chief_of_staff staff_writer running_mate"},
    {ONR_WORD_TITLE,
     "hon honorable former ex acting deputy vice interim assistant associate senior junior chief executive "
     "managing lead incoming outgoing "
     "newly-elected then-president then-sen then-gov then-secretary ex-president retired late rival fellow "
     "veteran foreign prime finance defense defence "
     "interior justice health education trade agriculture transport labor labour treasury homeland_security "
     "presidential vice-presidential "
     "gubernatorial congressional senatorial democratic republican conservative tea_party establishment "
     "self-described "
     "front-running presumptive state house senate national press campaign majority minority federal u.s"},
    {ONR_WORD_ROLE | ONR_WORD_FEMALE, "spokeswoman chairwoman congresswoman businesswoman councilwoman "
                                      "assemblywoman actress woman girl mother wife daughter "
                                      "sister grandmother widow queen princess duchess lady first_lady mom "
                                      "mum aunt niece girlfriend waitress policewoman heroine hostess"},
    {ONR_WORD_ROLE | ONR_WORD_MALE,
     "spokesman chairman congressman businessman councilman assemblyman man boy father husband son brother "
     "grandfather "
     "widower king prince duke gentleman dad uncle nephew boyfriend policeman"},
    {ONR_WORD_ROLE, "official member critic supporter opponent expert observer source insider veteran "
                    "resident citizen voter worker employee student "
                    "teacher doctor nurse patient victim survivor witness neighbor neighbour friend "
                    "colleague relative cousin parent child owner executive "
                    "banker broker trader investor farmer soldier fighter rebel militant terrorist suspect "
                    "defendant plaintiff convict prisoner inmate detainee "
                    "immigrant migrant refugee tourist visitor customer client buyer seller user player "
                    "coach fan star winner loser champion "
                    "researcher scholar academic scientist engineer programmer developer designer architect "
                    "pilot driver passenger journalist reporter "
                    "blogger editor columnist commentator pundit anchor host moderator correspondent "
                    "photographer filmmaker director "
                    "producer musician singer rapper poet novelist playwright author writer historian "
                    "philosopher psychologist psychiatrist therapist "
                    "sociologist biologist physicist chemist mathematician economist analyst consultant "
                    "strategist pollster lobbyist activist advocate "
                    "organizer volunteer donor fundraiser philanthropist lawyer attorney prosecutor counsel "
                    "judge justice juror magistrate sheriff officer "
                    "detective investigator agent spy operative hacker leader head boss chief deputy aide "
                    "adviser advisor assistant secretary "
                    "president premier minister chancellor senator representative governor mayor lawmaker "
                    "legislator delegate candidate nominee contender "
                    "hopeful politician statesman diplomat ambassador envoy commissioner commander general "
                    "colonel captain lieutenant sergeant admiral marine "
                    "sailor airman bishop priest pastor minister rabbi imam cleric monk nun pope cardinal "
                    "billionaire millionaire mogul tycoon entrepreneur founder co-founder chairperson chair "
                    "spokesperson ceo manager supervisor director "
                    "partner shareholder landlord tenant person individual guy fellow figure hero villain "
                    "traitor liar fool incumbent challenger "
                    "rival ally enemy foe successor predecessor heir colonist settler peer guest speaker "
                    "caller listener reader viewer "
                    "frontrunner front-runner socialist communist liberal conservative progressive "
                    "libertarian moderate centrist nationalist populist feminist "
                    "superintendent principal dean professor graduate alumnus freshman sophomore senior "
                    "junior teenager toddler baby infant kid adult"},
    {ONR_WORD_PEOPLE | ONR_WORD_PLURAL,
     "people officials members critics supporters opponents experts observers sources insiders veterans "
     "residents citizens voters workers employees students "
     "teachers doctors nurses patients victims survivors witnesses neighbors neighbours friends colleagues "
     "relatives cousins parents children owners executives "
     "bankers brokers traders investors farmers soldiers fighters rebels militants terrorists suspects "
     "defendants plaintiffs prisoners inmates "
     "detainees immigrants migrants refugees tourists visitors customers clients buyers sellers users "
     "players coaches fans stars researchers scholars "
     "academics scientists engineers developers pilots drivers passengers journalists reporters bloggers "
     "editors columnists commentators pundits anchors "
     "hosts moderators correspondents photographers historians psychologists economists analysts consultants "
     "strategists pollsters lobbyists activists advocates "
     "organizers volunteers donors lawyers attorneys prosecutors judges justices jurors officers detectives "
     "investigators agents spies operatives hackers leaders "
     "heads bosses chiefs deputies aides advisers advisors assistants secretaries presidents ministers "
     "senators representatives governors mayors "
     "lawmakers legislators delegates superdelegates candidates nominees contenders hopefuls politicians "
     "diplomats ambassadors envoys commissioners commanders "
     "generals troops marines bishops priests pastors rabbis imams clerics billionaires millionaires "
     "spokesmen managers partners shareholders tenants persons "
     "individuals guys men women boys girls kids adults teenagers youths rivals allies enemies foes "
     "detractors backers proponents adversaries "
     "firefighters police policemen authorities prosecutors demonstrators protesters protestors marchers "
     "rioters dissidents exiles conservatives liberals progressives "
     "libertarians moderates centrists nationalists populists feminists evangelicals christians muslims jews "
     "catholics protestants hispanics latinos blacks whites "
     "skeptics sceptics believers admirers followers loyalists hardliners hawks doves dealers makers traders "
     "executives chairmen councilors councillors "
     "republicans democrats independents tories americans families couples brothers sisters twins readers "
     "viewers listeners folks constituents "
     "millennials taxpayers consumers businesses regulators scholars undecideds attendees participants "
     "panelists respondents counterparts pundits newspapers "
     "networks media outlets tabloids counties cities states countries nations governments groups companies "
     "firms unions parties banks agencies courts campaigns "
     "organizations organisations institutions colleges universities schools hospitals churches businesses"},
    {ONR_WORD_DOCUMENT, "report poll polls survey surveys study studies letter statement law bill "
                        "legislation lawsuit suit complaint indictment memo memorandum transcript "
                        "document documents filing filings article editorial column op-ed piece story book "
                        "biography memoir ad ads advertisement commercial "
                        "video tape tapes recording email emails e-mail e-mails message messages tweet "
                        "tweets post posts website site page blog "
                        "constitution amendment treaty agreement deal accord resolution order ruling opinion "
                        "decision charter manifesto "
                        "platform plan proposal budget measure provision policy policies guideline "
                        "guidelines rule rules regulation regulations "
                        "research data figures numbers statistics results records evidence analysis estimate "
                        "estimates forecast review audit "
                        "paper papers headline headlines caption sign signs poster posters banner banners "
                        "petition testimony affidavit text texts "
                        "press_release release bulletin newsletter magazine dossier draft contract warrant "
                        "subpoena certificate bible quran gospel intelligence investigation"},
    {ONR_WORD_BODY, "government administration ministry department agency bureau office commission committee "
                    "subcommittee council senate house congress parliament assembly "
                    "legislature cabinet court tribunal police force army navy military party campaign union "
                    "association federation confederation league society club "
                    "institute institution foundation university college school academy hospital church "
                    "mosque synagogue bank company corporation firm business "
                    "group organization organisation coalition alliance bloc network newspaper magazine "
                    "station channel broadcaster outlet publisher "
                    "team squad board panel authority administration service services staff crew jury regime "
                    "junta militia movement front resistance "
                    "center centre laboratory fund trust endowment charity nonprofit think_tank lobby pac "
                    "super_pac caucus conference convention "
                    "monarchy palace kremlin white_house state_department pentagon treasury city county "
                    "state country nation town village district community opposition establishment public "
                    "industry market manufacturer maker retailer airline carrier automaker chain startup "
                    "conglomerate insurer lender brokerage utility"},
    {ONR_WORD_VENUE,
     "statement interview interviews conference briefing speech address remarks television tv radio podcast "
     "program programme show broadcast letter email e-mail "
     "tweet tweets post message video rally event meeting hearing debate testimony call phone "
     "news_conference press_conference news_release press_release op-ed "
     "editorial column article book memoir report blog facebook twitter instagram memo ruling opinion "
     "lawsuit complaint forum town_hall appearance "
     "telecast editorial reporters journalists audience crowd supporters cnn fox nbc abc cbs msnbc bbc "
     "reuters parliament court congress newspaper magazine "
     "sunday speech panel conversation exchange segment series documents filing affidavit text"},
    {ONR_WORD_WORK, "book novel film movie album song show series play poem memoir documentary magazine "
                    "newspaper painting ballad single musical opera episode "
                    "titled entitled called dubbed nicknamed named so-called known headlined"},
    {ONR_WORD_GEO, "river county city island islands lake lakes mountain mountains mount street avenue road "
                   "boulevard square park valley bay beach sea ocean gulf peninsula "
                   "desert province district region state territory coast canyon hill hills creek springs "
                   "falls harbor harbour port airport bridge highway plaza heights "
                   "strait canal forest basin plateau village town strip parkway drive lane"},
    {ONR_WORD_SUFFIX, "inc corp corporation co ltd llc plc ag gmbh sa nv holdings group partners lp llp bros "
                      "sons industries technologies systems labs laboratories motors "
                      "airlines airways pharmaceuticals enterprises entertainment studios pictures records "
                      "press media communications broadcasting times post journal "
                      "tribune herald gazette chronicle telegraph guardian observer examiner globe mirror "
                      "star sun news inquirer bee today network university college institute "
                      "courier bulletin dispatch ledger sentinel advertiser argus standard international "
                      "association committee commission council party foundation union federation league "
                      "bank ministry department agency bureau court church "
                      "alliance coalition society club center centre board authority administration academy "
                      "school hospital fund trust senate congress "
                      "parliament assembly house caucus conference service services forces force army navy "
                      "guard police corps command fc united stores "
                      "securities capital financial insurance energy petroleum oil steel electric telecom "
                      "software office organization organisation group bancorp "
                      "review magazine weekly daily wire radio tv channel airlines campaign movement brigade "
                      "exchange front newsroom mills works brewery breweries foods chemicals mining "
                      "resources products properties "
                      "telecommunications utilities associates brothers associations committees institutes "
                      "councils centers centres "
                      "division regiment museum library theater theatre gallery orchestra pac"},
    {
        ONR_WORD_THING,
        "act amendment accord accords protocol pact clause doctrine decree title award awards medal prize "
        "cup open "
        "games championship championships olympics tournament derby war wars revolution uprising massacre "
        "bombing bombings riots crisis summit festival day week month festival project program programme "
        "initiative "
        "memorial index test virus disease syndrome award plan code scale effect system rebellion "
        "rally march parade ball oscar hearings trial trials operation scandal affair case principle "
        "theory paradox declaration convention conventions papers files dialogues lecture lectures "
        "bowl series race marathon gala telescope mission shuttle probe satellite dictionary encyclopedia "
        "almanac",
    },
    {ONR_WORD_PARTICLE,
     "van von der den de del della di da dos das du la le el al bin ibn abu ben bint ter ten st saint mac"},
    {ONR_WORD_GREETING,
     "photo photos picture video update updates updated correction note related watch read share source "
     "sources editor's_note example question questions issue problem result results "
     "warning breaking exclusive analysis opinion review reviews summary contact email phone tel fax image "
     "images caption credit topics tags "
     "follow subscribe copyright advertisement here remember fact facts lesson bottom_line spoiler p.s ps "
     "yes no well like also one two three "
     "first second third monday tuesday wednesday thursday friday saturday sunday date time location where "
     "when who what why how rating score scores next pictured "
     "plus more filed published posted tagged related_stories dateline live"},
    /* common words that head sentences and headlines */
    {COMMON, "new old good bad great big small large high low little long short young early late best better "
             "worst worse right left top bottom real true false own same different "
             "important public political social economic international national local federal global foreign "
             "general special major minor main human black white red blue green "
             "free full open close hard easy strong weak hot cold dead alive poor rich happy sad sure clear "
             "dear fair recent past present future current former final next last first second third "
             "likely unlikely possible impossible able available common rare simple complex single double "
             "whole entire total complete specific particular certain "
             "western eastern northern southern central north south east west northeast northwest southeast "
             "southwest northwestern southwestern "
             "fear fears hope hopes war wars peace battle fight fights attack attacks bomb blast death "
             "deaths life lives world way ways thing things part parts place places case cases point points "
             "fact facts number numbers problem problems issue issues question questions answer answers idea "
             "ideas reason reasons result results change changes "
             "power money business market markets price prices stock stocks tax taxes cost costs job jobs "
             "work worker home house homes family car cars food water air land oil gas energy power "
             "health care education school schools law laws crime crimes gun guns drug drugs race election "
             "elections vote votes voter campaign campaigns primary primaries "
             "debate debates speech speeches news story stories report reports poll polls survey study "
             "studies book books film movie music game games sport sports team teams season "
             "trade security defense defence policy policies plan plans deal deals talk talks meeting "
             "meetings visit visits trip summit crisis scandal investigation probe trial hearing "
             "man woman men women boy girl child children kids people person mother father son daughter wife "
             "husband friend friends "
             "nothing something everything anything none much enough "
             "despite according given regardless depending including following based speaking asked "
             "responding citing noting referring turning looking born raised "
             "thanks thank please yes no ok okay well oh ah hey hello welcome sorry congratulations "
             "god heaven hell internet web press media photo photos video image analysis opinion commentary "
             "editorial exclusive breaking update live watch read see click follow share comment comments "
             "advertisement related continue reading subscribe newsletter copyright "
             "however meanwhile moreover furthermore additionally nevertheless still yet indeed instead "
             "perhaps maybe otherwise thus hence "
             "here there then now today tomorrow yesterday once twice afterwards later earlier "
             "officials critics supporters experts lawmakers residents police authorities prosecutors voters "
             "republicans democrats "
             "immigration abortion marijuana religion faith science technology climate economy inflation "
             "unemployment wages growth "
             "hundreds thousands millions dozens scores others "
             "anti pro non pre post ex self mid "
             "am pm ceo cfo tv pr vp usd id ok faq pdf hiv aids dna phd md mba"},
};
const guint onr_n_word_lists = G_N_ELEMENTS(onr_word_lists);
