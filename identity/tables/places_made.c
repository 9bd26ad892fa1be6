/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Made by make_places.py, which names its sources. */
#include "identity/tables/tables.h"

/* clang-format off */
const char *const onr_countries[] = {
    "afghanistan islamic-republic-of-afghanistan",
    "albania republic-of-albania",
    "algeria peoples-democratic-republic-of-algeria",
    "andorra principality-of-andorra",
    "angola republic-of-angola",
    "antigua-barbuda antigua-and-barbuda",
    "argentina argentine-republic",
    "armenia republic-of-armenia",
    "austria republic-of-austria",
    "azerbaijan republic-of-azerbaijan",
    "bahamas commonwealth-of-the-bahamas",
    "bahrain kingdom-of-bahrain",
    "bangladesh peoples-republic-of-bangladesh",
    "belarus republic-of-belarus",
    "belgium kingdom-of-belgium",
    "benin republic-of-benin",
    "bhutan kingdom-of-bhutan",
    "bolivia plurinational-state-of-bolivia",
    "bosnia bosnia-and-herzegovina",
    "botswana republic-of-botswana",
    "brazil federative-republic-of-brazil",
    "brunei brunei-darussalam",
    "bulgaria republic-of-bulgaria",
    "burundi republic-of-burundi",
    "cambodia kingdom-of-cambodia",
    "cameroon republic-of-cameroon",
    "cape-verde cabo-verde republic-of-cabo-verde",
    "caribbean-netherlands bonaire-sint-eustatius-and-saba",
    "chad republic-of-chad",
    "chile republic-of-chile",
    "china peoples-republic-of-china",
    "colombia republic-of-colombia",
    "comoros union-of-the-comoros",
    "congo-brazzaville congo republic-of-the-congo",
    "congo-kinshasa democratic-republic-of-the-congo",
    "costa-rica republic-of-costa-rica",
    "cote-divoire ivory-coast",
    "croatia republic-of-croatia",
    "cuba republic-of-cuba",
    "cyprus republic-of-cyprus",
    "czechia czech-republic",
    "denmark kingdom-of-denmark",
    "djibouti republic-of-djibouti",
    "dominica commonwealth-of-dominica",
    "ecuador republic-of-ecuador",
    "egypt arab-republic-of-egypt",
    "el-salvador republic-of-el-salvador",
    "equatorial-guinea republic-of-equatorial-guinea",
    "eritrea state-of-eritrea",
    "estonia republic-of-estonia",
    "eswatini kingdom-of-eswatini",
    "ethiopia federal-democratic-republic-of-ethiopia",
    "fiji republic-of-fiji",
    "finland republic-of-finland",
    "france french-republic",
    "gabon gabonese-republic",
    "gambia republic-of-the-gambia",
    "germany federal-republic-of-germany",
    "ghana republic-of-ghana",
    "greece hellenic-republic",
    "guatemala republic-of-guatemala",
    "guinea republic-of-guinea",
    "guinea-bissau republic-of-guinea-bissau",
    "guyana co-operative-republic-of-guyana",
    "haiti republic-of-haiti",
    "heard-mcdonald-islands heard-island-and-mcdonald-islands",
    "honduras republic-of-honduras",
    "hong-kong china-hong-kong-special-administrative-region",
    "iceland republic-of-iceland",
    "india republic-of-india",
    "indonesia republic-of-indonesia",
    "iran islamic-republic-of-iran",
    "iraq republic-of-iraq",
    "israel state-of-israel",
    "italy republic-of-italy",
    "jordan hashemite-kingdom-of-jordan",
    "kazakhstan republic-of-kazakhstan",
    "kenya republic-of-kenya",
    "kiribati republic-of-kiribati",
    "kuwait state-of-kuwait",
    "kyrgyzstan kyrgyz-republic",
    "laos lao-peoples-democratic-republic",
    "latvia republic-of-latvia",
    "lebanon lebanese-republic",
    "lesotho kingdom-of-lesotho",
    "liberia republic-of-liberia",
    "libya state-of-libya",
    "liechtenstein principality-of-liechtenstein",
    "lithuania republic-of-lithuania",
    "luxembourg grand-duchy-of-luxembourg",
    "macao china-macao-special-administrative-region",
    "madagascar republic-of-madagascar",
    "malawi republic-of-malawi",
    "maldives republic-of-maldives",
    "mali republic-of-mali",
    "malta republic-of-malta",
    "marshall-islands republic-of-the-marshall-islands",
    "mauritania islamic-republic-of-mauritania",
    "mauritius republic-of-mauritius",
    "mexico united-mexican-states",
    "micronesia federated-states-of-micronesia",
    "moldova republic-of-moldova",
    "monaco principality-of-monaco",
    "morocco kingdom-of-morocco",
    "mozambique republic-of-mozambique",
    "myanmar republic-of-the-union-of-myanmar",
    "namibia republic-of-namibia",
    "nauru republic-of-nauru",
    "netherlands kingdom-of-the-netherlands",
    "nicaragua republic-of-nicaragua",
    "niger republic-of-the-niger",
    "nigeria federal-republic-of-nigeria",
    "north-korea democratic-peoples-republic-of-korea",
    "north-macedonia republic-of-north-macedonia",
    "norway kingdom-of-norway",
    "oman sultanate-of-oman",
    "pakistan islamic-republic-of-pakistan",
    "palau republic-of-palau",
    "palestine state-of-palestine",
    "panama republic-of-panama",
    "papua-new-guinea independent-state-of-papua-new-guinea",
    "paraguay republic-of-paraguay",
    "peru republic-of-peru",
    "philippines republic-of-the-philippines",
    "poland republic-of-poland",
    "portugal portuguese-republic",
    "qatar state-of-qatar",
    "russia russian-federation",
    "rwanda republic-of-rwanda",
    "samoa independent-state-of-samoa",
    "san-marino republic-of-san-marino",
    "sao-tome-principe democratic-republic-of-sao-tome-and-principe sao-tome-and-principe",
    "saudi-arabia kingdom-of-saudi-arabia",
    "senegal republic-of-senegal",
    "serbia republic-of-serbia",
    "seychelles republic-of-seychelles",
    "sierra-leone republic-of-sierra-leone",
    "singapore republic-of-singapore",
    "slovakia slovak-republic",
    "slovenia republic-of-slovenia",
    "somalia federal-republic-of-somalia",
    "south-africa republic-of-south-africa",
    "south-georgia-south-sandwich-islands south-georgia-and-the-south-sandwich-islands",
    "south-korea republic-of-korea",
    "south-sudan republic-of-south-sudan",
    "spain kingdom-of-spain",
    "sri-lanka democratic-socialist-republic-of-sri-lanka",
    "st-barthelemy saint-barthelemy",
    "st-helena saint-helena",
    "st-kitts-nevis saint-kitts-and-nevis",
    "st-lucia saint-lucia",
    "st-martin saint-martin",
    "st-pierre-miquelon saint-pierre-and-miquelon",
    "st-vincent-grenadines saint-vincent-and-the-grenadines",
    "sudan republic-of-the-sudan",
    "suriname republic-of-suriname",
    "svalbard-jan-mayen svalbard-and-jan-mayen-islands",
    "sweden kingdom-of-sweden",
    "switzerland swiss-confederation",
    "syria syrian-arab-republic",
    "tajikistan republic-of-tajikistan",
    "tanzania united-republic-of-tanzania",
    "thailand kingdom-of-thailand",
    "timor-leste democratic-republic-of-timor-leste",
    "togo togolese-republic",
    "tonga kingdom-of-tonga",
    "trinidad-tobago republic-of-trinidad-and-tobago trinidad-and-tobago",
    "tunisia republic-of-tunisia",
    "turks-caicos-islands turks-and-caicos-islands",
    "uganda republic-of-uganda",
    "uk united-kingdom-of-great-britain-and-northern-ireland",
    "uruguay eastern-republic-of-uruguay",
    "us united-states-of-america",
    "us-outlying-islands united-states-minor-outlying-islands",
    "us-virgin-islands united-states-virgin-islands",
    "uzbekistan republic-of-uzbekistan",
    "vanuatu republic-of-vanuatu",
    "vatican-city holy-see",
    "venezuela bolivarian-republic-of-venezuela",
    "vietnam socialist-republic-of-viet-nam viet-nam",
    "wallis-futuna wallis-and-futuna-islands",
    "yemen republic-of-yemen",
    "zambia republic-of-zambia",
    "zimbabwe republic-of-zimbabwe",
    NULL};

const char *const onr_shared_places[] = {
    "abadan abadeh abay aberdeen abington abyek acacias acton ad-dindar adampur addison adra agua-branca agua-rasa "
     "aguilares ahwiaa airdrie akbarpur akhisar aksu al-aqiq al-aziziyah al-bayda al-faw al-mahmudiyah al-mansurah a"
     "l-qusayr alamo albany albertville alcantara alcobaca alexandria alhambra aliaga alice alipur allen allende alm"
     "enara altamira alton altoona amherst amsterdam an-nasiriyah anak-bukit anandpur anderson andover anfu anju ann"
     "ino anwen apple-valley aracoiaba arad arai arcos areia-branca arele arlington armavir arnold arrah arta asadab"
     "ad asaka ashburn ashford ashland ashta astara atasehir athens athlone auburn augusta aurangabad aurora austin "
     "aveiro avellaneda avon avondale awendo ayacucho azna baden badr bagaha bahawalnagar baiao baicheng baihe baish"
     "a baki baldwin bali bama banda banga bangaon bangor banjar banqiao baoding baoshan barberton barbosa barcelona"
     " barcelos bari barra barrancas bartlett barwala basi batalha batang batavia bay-city bayan bayeux bayonne bays"
     "ide beaumont bedesa bedford beihai beja bel-air bela bela-vista belem belen belfast bella-vista belleville bel"
     "levue belmont belton benfica benito-juarez bergen berlin bethany bethlehem betong bexley bhadravati bharatpur "
     "bilaspur birmingham bishan bissau blagoveshchensk blantyre bloomfield bloomingdale bloomington bogo bolton bom"
     "-jardim bondo bonito bosconia boston bowling-green braganca braintree brandon brent brentwood brest bridgeport"
     " brighton bristol brookfield brownsville brunswick buenaventura buenavista buffalo bugarama burbank burgdorf b"
     "urgos buritis burlington burwood busia butterworth buzi caceres cachoeirinha cadiz cafelandia cairo cajueiro c"
     "aledon camas cambridge cambuci cambundi campanha campina campinas campo-belo campo-grande campo-verde canarana"
     " candelaria canete canton capanema capela cardenas carlisle carlsbad carmona carolina carrizal carrollton cart"
     "agena cartago cary casablanca cascavel castillejos castro cazombo centenario centerville central centro ceres "
     "cerro-azul cham chandpur chandur changle changling changning changsha changzhi chaoyang chaozhou charleston ch"
     "atham chaves chelm chelmsford chelsea cheltenham cherry-hill chester chesterfield chetput chettipalaiyam chhat"
     "arpur chicholi chinatown chino chiquinquira chita christchurch chuo cicero ciudad-bolivar clarksville clayton "
     "cleveland clifton clinton clovis co-do coburg colchester colima colina colombo colon columbia columbia-heights"
     " columbus comalapa compostela concepcion concord concordia conda condado conde conway copacabana cordoba cordo"
     "va corinto corona costa-rica coventry covington cranston croydon cruzeiro cuauhtemoc cudahy cuenca cumberland "
     "cumbum cypress dachang dakhla dallas damascus damiao danao danshui danville darien dasheng dashi date datong d"
     "aura daxing daye decatur deer-park delicias delmas dengzhou denton deolali deoli depok derby derry des-moines "
     "dhaka dickinson dieppe dimitrovgrad dixon dolores doncaster dondo donetsk dongyang dorchester douglas dover du"
     "blin duluth duncan dundalk dundee dunedin durango durgapur durham easton eastwood edgewater edmonds edmonton e"
     "l-cerrito el-dorado el-monte el-rosario el-salto elgin elmhurst elmina elmwood-park eltham emiliano-zapata emm"
     "en englewood ennis ensenada enterprise epping epsom eqbaliyeh eregli erie esmeraldas esperanza estancia estrei"
     "to estrela evans evanston everett ezhou fairfield fairview-park faridpur farmington fatehabad fatehpur fayette"
     "ville feicheng fengcheng fengping ferndale filadelfia fitchburg fleetwood flint florence florencia flores flor"
     "ida fontana forest-hills forest-lake forest-park formosa four-corners frankford frankfort franklin freeport fr"
     "emont fresno friedberg frontera fuchu fuji fujioka furukawa fuyang fuyu fuzhou gagny gainesville galugah gama "
     "gangapur gantang gaofeng gaoliu garden-city gardner gaya geneva george-town georgetown georgia germantown gith"
     "unguri gladstone glendale glenville gloucester",
    "golbasi gombe gopalganj gorakhpur goya grafton grajau granada grand-island gravesend great-falls greenfield gr"
     "eenville greenwood griffith grimsby guadalajara guadalupe guaira guandu guanzhuang guara gudalur guezon guildf"
     "ord gulu guojia gwangju haikou hajjiabad hale halifax halle halwan hamilton hamirpur hamm hammamet hammond ham"
     "pton hangu hanover hanwang hanyuan harlingen harrison harvey hastings hatta haverhill hawthorne hayes heidelbe"
     "rg hekou helena henderson hereford hermitage heshan hidrolandia highland hillside hino hobart hoboken hokuto h"
     "ollola hollywood homewood honcho hongqiao honjo horodok horsham huanggang huangshan huicheng huilong huimin hu"
     "ntington huntsville hyde-park hyderabad ibiza igusa ilam illela imperial indapur independence ipanema ipora ip"
     "ueiras irvine ishikawa islampur itabaiana itambe itapoa ivanovo iwai izumi jackson jacksonville jaen jafarabad"
     " jaguare jalalabad jalapa jaleshwar jamalpur jamestown jaragua jardim jesus-maria jian jiangkou jiangzhuang ji"
     "eshi jincheng jingan jinhua jining jinjiang jinshan jinzhou jobabo jodhpur johnston jose-bonifacio juan-aldama"
     " junin jussara kabala kadoma kahrizak kaiyuan kalol kaman kamra kandahar kandi kano kansas-city kant kanuru ka"
     "pellen kariya karuri kasama kashan katangi kawasaki kayes kazan kazo kenmore kensington kent kestel kettering "
     "khairagarh kharagpur khash kien-an killarney kingston kingsville kirkland kirov kirovsk kisesa kita kochi kodo"
     "li koga koge kolar komarno konan korba koregaon kota kottayam kozan krasnoarmeysk kulu kumano kyauktan kyivsky"
     "i la-calera la-ceiba la-concepcion la-cruz la-libertad la-mesa la-paz la-plata la-porte la-rinconada la-union "
     "labuan lafayette lagos laguna lagunillas lahat lajeado lake-forest lakeside lakewood lalganj lancaster langen "
     "lansing lanxi lapa laranjeiro laredo las-vegas lat-yao latina laurel laval lawndale lawrence lebanon leek leer"
     " leesburg leon lere lesnoy levittown lewiston lexington liangping licheng lille lima limay limerick linares li"
     "ncoln lincoln-park linden linjiang linxi live-oak liverpool livingston lockport lodi logan lohne loja london l"
     "ong-beach longchi longfeng longgang longhe longjing longshan longtan longview longxing los-angeles los-banos l"
     "ouisville luanda lubao lucena lugo luoyang macau macon madera madhuban madison madrid mafinga magdalena maghar"
     " mahmudabad maitland majie maku makuyuni malaba malaga malanday malkapur manati manchester mandvi manga mangal"
     "am mango mangrol manhattan mansa mansfield manzanares manzanillo maplewood maragheh marau margate marino mario"
     "n martinez marysville massy maua maywood mbale medford medina melbourne melrose mendi mercedes merida meridian"
     " mesquite mianyang middelburg middleton middletown midland midlothian milford milton minas mingguang mingshui "
     "miramar miranda mirganj mirzapur mission mitcham miyako miyoshi moanda moncao monroe monrovia montclair monte-"
     "alegre montenegro montgomery montijo morales moreno morley moron morong morrinhos morristown moscow moskovskiy"
     " mount-pleasant mount-vernon mpanda muhammadabad mulheim munster murcia muritiba murray mustafabad mwanza nabi"
     "nagar naga nagasaki nakano nanfeng nanping nantong nantou naples naranjito nasirabad navegantes nawa nawabganj"
     " nazareth nea-ionia negotino nelson neston new-castle new-city new-haven newark newcastle newmarket newport ne"
     "wton niagara-falls nikolskoye niles ninghai njombe nogales nokha nola norfolk northampton norton norwalk norwi"
     "ch norwood ntungamo nurabad nzega oak-park oak-ridge oakdale oakville oceanside odessa oeiras ofallon ogawa ok"
     "ha olney orange orleans ostrov oswego otradnoye ottawa oviedo oxford oyama padampur padua palencia pali palm-s"
     "prings palmas palmira pamplona panama-city panauti panjim panlong paradise paraiso paris parkland parma parnam"
     "irim pasadena pasan patan patos pavlovsk payson pedregal pedreira peoria perdizes perth peterborough phong-die"
     "n phu-quoc piedade pila pilar pingshan pingxiang",
    "pinhalzinho pinheiros pipri pishin pittsburg plainfield plainview planaltina plymouth podil pokrov pombal ponm"
     "ana pontevedra port-richmond portage portland portsmouth presidente-dutra preston prince-edward princeton prog"
     "reso prosperidad pudukkottai puebla pueblo-nuevo puerto-rico pushkino putatan puttur puyang qianjiang qiaotou "
     "qina qinggang qingnian qingyang qishan queenstown queimadas quezon quincy qurayyat rafah raipur rajgarh ramapu"
     "ram rameswaram ramgarh ramnagar rampur rampura ramsey randolph raniganj ranipur ranyah rawson reading redencao"
     " redhill redmond requena retiro richmond richmond-hill ridgewood rio-blanco rio-claro rio-grande rio-tinto rip"
     "on rivera riverside riverview robit rochester rome rosario rosedale roselle roseville rossosh rossville roswel"
     "l rotterdam roxas rustaq rutland ryde sabanagrande sabaneta sacramento safi saginaw sagrada-familia sahibganj "
     "sahiwal saidpur saint-andrews saint-charles saint-cloud saint-denis saint-georges saint-ives saint-joseph sain"
     "t-leu saint-louis saint-paul saint-peters saint-pierre saint-raphael saint-vincent-de-paul sainte-catherine sa"
     "inte-marguerite sainte-marie sakai saki sakura salamanca salamina sale salem salinas salisbury salto samal sam"
     "ara samba san-antonio san-benito san-buenaventura san-carlos san-clemente san-cristobal san-diego san-felipe s"
     "an-fernando san-francisco san-isidro san-jacinto san-javier san-jose san-juan san-juan-bautista san-justo san-"
     "lorenzo san-luis san-marcos san-martin san-mateo san-miguel san-pablo san-pascual san-pedro san-rafael san-tin"
     " san-vicente sanford sangaria sanhe sanjiao sankt-peter santa-ana santa-barbara santa-cecilia santa-clara sant"
     "a-cruz santa-elena santa-fe santa-helena santa-isabel santa-lucia santa-luzia santa-maria santa-rita santa-ros"
     "a santa-teresa santana santarem santiago santo-amaro santo-antonio santo-domingo santo-tomas santo-tome sao-be"
     "nto sao-gabriel sao-goncalo-do-amarante sao-joao-batista sao-jose sao-lourenco sao-mateus sao-miguel sao-pedro"
     " sao-sebastiao sao-vicente-ferrer saran sarandi saratoga-springs sayama scarborough seaford segovia selma send"
     "ai senden sevilla seymour shahabad shahe shahpur shahpura shamsabad shaping sharifabad shawnee shelby shelbyvi"
     "lle shendi sherwood shevchenkivskyi shibetsu shibganj shikarpur shilong shima shimada shimoda shingu shiqiao s"
     "hirley shiwan shiyan shrewsbury shrirampur shuangjiang shuanglong shuikou sibi silvania sinop sirsi sisauli si"
     "vagiri slobozia smyrna sobradinho socorro soest sokol soledad soma somerset somerton sonepur songo south-gate "
     "southport sovetsk sparta spring-hill spring-valley springfield srinagar sriramnagar srodmiescie st-albans st-a"
     "ndrews st-charles st-cloud st-denis st-georges st-ives st-johns st-joseph st-leu st-louis st-paul st-peters st"
     "-petersburg st-pierre st-raphael st-vincent-de-paul stafford stamford stanley sterling stillwater stratford su"
     "cre sudbury sultanpur sun-city sunnyside sunset suzhou swansea sydney syracuse tabuk taian taiping taizhou tak"
     "eo tala talas talisay talitsa tamboril tamworth tanabe tanauan tanda tantou taoyuan tapejara taranagar tata ta"
     "tsuno taunton taylor ternate texarkana thomasville tianfu tokai toledo tome tonala tongchuan tonggu tongren to"
     "rquay touba toyota trento trenton trindade trinidad tripoli troitsk troy trujillo tsentralno-miskyi tsushima t"
     "uban tucuma tulsipur tuxpan udaipur uman umarkot union-city universal-city university-city university-heights "
     "university-park uxbridge vahidiyeh val-dor valenca valencia valladolid valparaiso vancouver vanier varzea-aleg"
     "re venice venustiano-carranza vera-cruz veracruz verdun vernon viana vicosa victoria vienna vijayapura vila-re"
     "al villa-del-rosario villa-mercedes villa-nueva villanueva villarrica villeta vincennes vincent viseu vostryak"
     "ovo wakefield wamba warren warsaw warwick wasco washington waterford waterloo watertown wayne wellington wenqu"
     "an west-hollywood west-springfield westbury",
    "westchester westfield westminster westmont weston weymouth wheaton wheeling white-oak williamsburg willoughby "
     "wilmington wilton winchester windsor woburn woodbridge woodlawn woodstock worcester wujia wushan wuxi xiangche"
     "ng xiasi xiazhuang xichang xico xihu xincheng xindian xinglong xingyi xinhe xinmin xinsheng xinshi xintian xin"
     "xing xinyi xinzhou xiulin xixiang yachiyo yamagata yanacancha yanggu yanghe yangzhou yantai yichun yihe yilan "
     "yokkaichi yongan yongning yongxing yono york yuanyang yulong yunlong yunshan yushu yuxi zamora zaragoza zarech"
     "nyy zhaoyuan zheleznogorsk zhicheng zhonghe zhongshan zhuhai zhushan zhuxi zwijndrecht",
    NULL};
/* clang-format on */
