/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Verbs of the news, written for this project; the cues of annotate/tables/cues.c are verbs beside these.
   Marks behind a lemma: see annotate/tables/words.h. */
#include "annotate/tables/words.h"

const char *const onr_verb_lists[] = {
    /* irregular */
    "arise/arose/arisen awake/awoke/awoken bear/bore/borne beat/beat/beaten become/became/become "
    "befall/befell/befallen",
    "begin+/began/begun behold/beheld/beheld bend/bent/bent beset+/beset/beset bet*/bet/bet bid*/bid/bid "
    "bind/bound/bound bite/bit/bitten",
    "bleed/bled/bled blow*/blew/blown break*/broke/broken breed/bred/bred bring/brought/brought "
    "broadcast*/broadcast/broadcast",
    "build/built/built burst/burst/burst buy/bought/bought cast*/cast/cast catch/caught/caught "
    "choose/chose/chosen",
    "cling/clung/clung come/came/come cost*/cost/cost creep/crept/crept cut*/cut/cut deal*/dealt/dealt "
    "dig/dug/dug",
    "draw/drew/drawn drink*/drank/drunk drive*/drove/driven eat/ate/eaten fall*/fell/fallen feed/fed/fed "
    "feel/felt/felt fight*/fought/fought",
    "find/found/found flee/fled/fled fling/flung/flung fly/flew/flown forbid+/forbade/forbidden "
    "forecast*/forecast/forecast",
    "foresee/foresaw/foreseen forget+/forgot/forgotten forgive/forgave/forgiven forgo/forwent/forgone "
    "freeze*/froze/frozen",
    "get/got/gotten give/gave/given go/went/gone grind/ground/ground grow/grew/grown hang/hung/hung "
    "hear/heard/heard",
    "hide/hid/hidden hit*/hit/hit hold/held/held hurt/hurt/hurt keep/kept/kept kneel/knelt/knelt "
    "know/knew/known lay/laid/laid",
    "lead*/led/led leap/leapt/leapt leave/left/left lend/lent/lent let/let/let lie*/lay/lain light*/lit/lit "
    "lose/lost/lost make/made/made",
    "mean/meant/meant meet/met/met mislead/misled/misled mistake*/mistook/mistaken "
    "misunderstand/misunderstood/misunderstood",
    "outdo/outdid/outdone overcome/overcame/overcome oversee/oversaw/overseen overtake/overtook/overtaken",
    "overthrow/overthrew/overthrown partake/partook/partaken pay*/paid/paid plead/pleaded/pleaded "
    "prove/proved/proven put/put/put",
    "quit+/quit/quit read/read/read rebuild/rebuilt/rebuilt repay/repaid/repaid rethink/rethought/rethought "
    "rid/rid/rid ride*/rode/ridden",
    "ring*/rang/rung rise*/rose/risen run*/ran/run say/said/said see/saw/seen seek/sought/sought "
    "sell/sold/sold send/sent/sent",
    "set*/set/set shake/shook/shaken shed/shed/shed shine/shone/shone shoot*/shot/shot show*/showed/shown "
    "shrink/shrank/shrunk shut/shut/shut",
    "sing/sang/sung sink/sank/sunk sit/sat/sat slay/slew/slain sleep*/slept/slept slide*/slid/slid "
    "sling/slung/slung speak/spoke/spoken",
    "speed*/sped/sped spend/spent/spent spin*/spun/spun split*/split/split spread*/spread/spread "
    "spring*/sprang/sprung",
    "stand*/stood/stood steal/stole/stolen stick*/stuck/stuck sting*/stung/stung stink/stank/stunk "
    "strike*/struck/struck strive/strove/striven",
    "swear/swore/sworn sweep*/swept/swept swell/swelled/swollen swim/swam/swum swing*/swung/swung "
    "take/took/taken teach/taught/taught",
    "tear*/tore/torn tell/told/told think/thought/thought throw/threw/thrown thrust*/thrust/thrust "
    "tread/trod/trodden undergo/underwent/undergone",
    "understand/understood/understood undertake/undertook/undertaken undo/undid/undone uphold/upheld/upheld "
    "upset+/upset/upset",
    "wake*/woke/woken wear/wore/worn weave/wove/woven weep/wept/wept win*/won/won wind*/wound/wound "
    "withdraw/withdrew/withdrawn",
    "withhold/withheld/withheld withstand/withstood/withstood write/wrote/written deadpan+",
    /* regular */
    "abandon abolish absorb abuse* accelerate accept access* accommodate accompany accomplish accumulate "
    "ache* achieve acquire act* activate adapt",
    "address* adjust administer adopt advance* affect afford aggravate aid* air* allocate allow alter amaze "
    "amend amount* analyze analyse anger*",
    "annex answer* appeal* appear appease apply appoint approach* approve arm* arrange arrest* arrive "
    "articulate ascend assassinate assault* assemble assign",
    "assist associate* attach attain attempt* attend attract auction* authorize authorise automate avert "
    "avoid award* back* backfire",
    "balance* ban+* bail* banish bank* bar+* bargain* barricade* base* battle* beam* beg+ behave belong "
    "benefit* betray blend* bless blink block* bloom* blur+ board* boil",
    "bolster bomb* bombard boo book* boost* borrow bother bounce* bow* boycott* brace* branch* breach* "
    "breathe bribe* broaden brush* buckle* bully* bump* burn* bury bust* button*",
    "bypass calm* camp* campaign* cancel cap+* capitalize capture* care* carry carve cater cause* cease "
    "celebrate challenge* change* charge* chart* chase* chat+* check*",
    "cheat* cheer* chip+* circle* circulate clap+ clarify clash* classify clean* clear* click* climb* clinch "
    "close* coach* coincide collaborate collapse* collect",
    "collide combat* combine* comfort* commemorate commence commission* commit+ communicate compare compel+ "
    "compensate compete compile complete",
    "complicate comply compose compound* compromise* compute conceal conceive concentrate conduct* confer+ "
    "configure confine conflict* conform confront confuse connect conquer conspire constitute",
    "construct consult consume contact* contain contaminate contend contract* contrast* contribute control+* "
    "convene converge convert* convict* cook* cool* cooperate coordinate cope copy* correct",
    "correspond cough* counsel* count* couple* cover* crack* crash* crawl* create cripple cross* crouch "
    "crowd* crush* cultivate curb* cure* curtail customize cycle* damage* dampen",
    "dance* dare dash* date* dawn* debut* decay* deceive decimate decrease* dedicate deepen default* defeat* "
    "defect* defer+ define defy delay* delegate* delete deliver demolish demonstrate demote depart depend",
    "deploy deport derail derive descend desert* deserve design* designate destroy detain detect deter+ "
    "deteriorate detonate devastate develop devise devote dictate die differ diminish dine dip+*",
    "direct disable disappear disappoint disarm discard discharge* discipline* discontinue discount* "
    "discourage discredit discriminate disintegrate dismantle dispatch* dispense disperse displace display* "
    "dispose",
    "disqualify disrupt dissolve distance* distinguish distort distract distribute disturb dive* divert "
    "divide divorce* dodge dominate donate double draft* drag+* drain* dress* drift* drill* drop+* drown",
    "dump* duplicate dwarf* earn ease* edit effect* elect elevate eliminate embark embarrass embed+ embrace* "
    "emerge emigrate employ empower enable enact encounter* end* endanger endure enforce engage engineer*",
    "enhance enjoy enlarge enlist enrich enroll ensue ensure entail enter entertain entitle equal* equip+ "
    "erase erect erode erupt escalate escape* establish evacuate evade evaluate evolve exacerbate exaggerate "
    "examine",
    "exceed excel+ exchange* exclude excuse* execute exempt exercise* exert exhaust exhibit* exile* exist "
    "exit* expand expel+ experience* experiment* expire exploit* explode explore export* expose extend "
    "extract face*",
    "facilitate fade fail faint* fake* falter farm* fashion* fasten feature* fend ferry* fetch field* file* "
    "fill film* finalize finance* fine* finish fire* fit+* fix* flag+* flare* flash* flatten flip+* float* "
    "flock* flood* flow* flourish focus*",
    "foil* fold follow fool* force* forge form* formulate fortify forward* foster frame* free* frighten "
    "frustrate fuel* fulfill function* fund* funnel* gain* gamble* garner gather gauge* gaze* generate "
    "glance* govern grab+ grace*",
    "graduate* grant* grapple grasp* greet grieve grill* grip+* ground* group* guard* guide* halt* hammer* "
    "hamper hand* handle* happen harass harbor* harden harm* harness* harvest* hasten haul* haunt head* heal "
    "heat* heed heighten help* hesitate hijack hinder hinge*",
    "hire* honor* honour* hop+ host* house* hover hug+* hunt* hurry hurl identify ignite ignore illustrate "
    "immigrate impact* impair impeach implement import* impose impress imprison improve incite include "
    "incorporate increase* incur+ indict induce",
    "indulge infect infiltrate inflate inflict influence* infringe inherit inhibit initiate inject injure "
    "inspect inspire install institute* insult* insure integrate intensify interact intercept interfere "
    "interrogate intervene",
    "interview* intrude invade invent invest investigate invite involve irritate isolate issue* jail* jam+* "
    "jeopardize jog+ join judge* jump* kick* kidnap+ kill kiss* knock* label* lack* land* languish last "
    "launch* lean* leak* lease* lend lessen level* levy* liberate license* lift* limit* line* linger link*",
    "liquidate list* listen live load* loan* locate lock* lodge* log+* look* loom loot* lose lower lure "
    "maintain manage mandate* manipulate manufacture* march* mark* market* marry mask* master* match* "
    "matter* mature measure* mediate melt merge",
    "migrate milk* mimic+ mind* mine* minimize mirror* miss mix* moan* mobilize moderate* modify monitor* "
    "motivate mount* mourn move* multiply murder* muster nail* name* narrow near* need* neglect* negotiate "
    "neutralize nominate normalize nullify number* nurse* nurture obey obligate obscure observe obsess",
    "obstruct obtain occupy occur+ offend offset open operate opt organize orchestrate originate oust "
    "outlaw* outnumber outpace outrage* outweigh overhaul* overlook override overrule oversee overturn "
    "overwhelm owe own* pack* paint* panic* parade* pardon* park* parry part* participate partner* pass* "
    "patrol+* pause*",
    "pave peak* penalize perform permit+* perpetuate persecute persist phone* photograph* pick* picture* "
    "pile* pilot* pin+* pioneer* place* plague* plant* play* plead please plot+* plummet plunge* poison* "
    "police* poll* pop+* pose* position* possess postpone pound* pour power* practice* practise pray precede "
    "preserve preside press* pressure* presume pretend prevail prevent print* probe*",
    "proceed* process* procure produce* program+* progress* prohibit prolong prompt* propel+ prosecute "
    "prosper protect provide provoke publicize pull* pump* punch* punish purchase* pursue push* quell "
    "question* quiet* quit race* raid* rain* raise rally* range* rank* rape* ratify rattle reach* react "
    "realign reap reassign rebel+* rebound*",
    "recede receive reckon reclaim reconcile reconsider record* recover recruit* redeem redefine redirect "
    "reduce reelect refer+ refine reflect reform* refrain* refuel refund* regain register* regulate "
    "rehabilitate reign* reimburse reinforce reinstate relate relax relay* release* relieve relinquish "
    "relocate rely remain remedy* remove render renew renovate rent* reopen reorganize repair* repeal* "
    "repel+",
    "replace replicate represent reproduce require rescue* research* resemble reserve* reset reside resign "
    "resist resolve* resort* respond rest* restart* restore restrain restrict restructure result* resume* "
    "retain retaliate rethink retire retreat* retrieve return* reunite reverse* review* revise revisit "
    "revive revoke revolve reward* rewrite ride rig+ risk* roam roar* rob+ rock* roll* root* rotate round* "
    "rub+* ruin* rule* rush*",
    "sabotage* sack* sacrifice* sail* sample* sanction* save scale* scan+* scare* scatter schedule* score* "
    "scour scramble* scrap+* scream* screen* scrub+ scrutinize seal* search* seat* secede secure seduce seem "
    "seize select separate serve settle sever shape* share* shatter shelter* shelve shield* shift* ship+* "
    "shock* shop+* shore* shorten shoulder* shove* shower*",
    "shuffle* sideline* sign* silence* simplify skip+* slap+* slash* slip+* slow smash smoke* smuggle snatch "
    "soak soar soften solicit solidify solve sort* sour span+* spare spark* spawn spell* spill* spit spoil "
    "sponsor* spot+* spray* squander squeeze* stab+* stabilize staff* stage* stall* stamp* star+* stare* "
    "start* starve stay* steer stem+* step+* stimulate stir+* stock* stop+* store* storm* straddle strain*",
    "strand* strap+* stream* strengthen stretch* strip+* stroll* structure* struggle* study* stumble stun+ "
    "subdue submit+ subpoena* subscribe subsidize substitute* succeed succumb sue suffer suffice suit* "
    "summon supervise supplement* supply* suppress surge* surpass surprise* surrender* surround survey* "
    "survive suspend sustain swallow swap+* sway switch* symbolize tackle* talk* tamper tank* tap+* target* "
    "task* taste* tax* team* tempt tend term* terminate test* thank* thrive thwart",
    "tie* tighten time* tip+* tolerate topple torture* toss total* touch* tour* tout trace* track* trade* "
    "trail* train* transfer+* transform transition* translate transmit+ transport* trap+* travel* treat* "
    "trigger* trim+* triple triumph* trouble* try tumble* turn* twist* uncover undercut undermine unfold "
    "unify unite unleash unload unlock unravel unveil update* upgrade* urge* use* usher* utilize vacate "
    "validate vanish vary venture* veto* vie view* violate",
    "visit* visualize volunteer* vote* wage* wait* waive walk* wander wane ward* warm wash* waste* watch* "
    "water* wave* weaken weigh welcome* widen wield wipe witness* work* worsen wound* wrap+* wreck* wrestle "
    "yell* yield* zero*",
    /* cues whose plain forms are nouns more often than verbs */
    "report* claim* plan* support* demand* request* offer* promise* pledge* vow* comment* note* remark* "
    "question* answer* reply* quote* cite",
    "attack* criticism fear* hope* doubt* worry* concern* project* estimate* forecast* guess* dream* desire* "
    "wish* respect* trust* regret*",
    "protest* object* charge* order* command* brief* alert* notice* echo* counter* highlight* insult* taunt* "
    "rebuke* compliment* credit* blame* praise* champion*",
    "view* back* focus* side* lobby* petition* pressure* process* caption* message* text* email* blog* post* "
    "tweet* reference* speech position* state* aim* chant* laugh*",
    "shout* cry* whisper* smile* grin* sigh* shrug* joke* crack* snap* thunder* bark* rant* rave* marvel* "
    "gripe* boast* caution* caveat* query* salute* volunteer* advocate*",
    "advance* welcome* love* hate* dislike* favor* favour* list* call* look* show* talk* stress* signal* "
    "hint* detail* outline* debate* dispute* contest* charge*",
    "admit+ refer+ plan+ quip+ pat+ nod+ grin+ slam+ rip+ bet+ allot+ abet+ infer+ brag+ regret+ rebut+ "
    "concur+ disbar+ extol+ equip+ rub+ fret+ chat+ rebuff snub+* hail* laud deem",
    NULL,
};
