/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/tables/tables.h"

/* clang-format off */
/* States as they stand behind a town, in the Associated Press's, the post's and other short forms; countries with their parts and people. */
const char *const onr_regions[] = {
    "alabama ala al", "alaska ak", "arizona ariz az", "arkansas ark ar", "california calif cal ca", "colorado colo co", "connecticut conn ct", "delaware del de", "florida fla fl",
    "georgia ga", "hawaii hi", "idaho id ida", "illinois ill il", "indiana ind", "iowa ia", "kansas kan kans ks", "kentucky ky", "louisiana la", "maine", "maryland md",
    "massachusetts mass ma", "michigan mich mi", "minnesota minn mn", "mississippi miss ms", "missouri mo", "montana mont mt", "nebraska neb nebr ne", "nevada nev nv", "new-hampshire nh",
    "new-jersey nj", "new-mexico nm", "new-york-state new-york ny", "north-carolina nc n-carolina", "north-dakota nd n-dakota", "ohio oh", "oklahoma okla ok", "oregon ore", "pennsylvania pa penn",
    "rhode-island ri", "south-carolina sc s-carolina", "south-dakota sd s-dakota", "tennessee tenn tn", "texas tex tx", "utah ut", "vermont vt", "virginia va", "washington-state washington wash wa",
    "washington-dc dc d-c district-of-columbia", "west-virginia wva w-va wv", "wisconsin wis wi", "wyoming wyo wy", "puerto-rico pr",
    "canada canadian canadians ontario ont quebec que british-columbia bc alberta alta manitoba man saskatchewan sask nova-scotia new-brunswick newfoundland newfoundland-and-labrador prince-edward-island toronto ottawa montreal",
    "united-kingdom uk britain great-britain british england english scotland scottish wales welsh northern-ireland london", "australia australian australians new-south-wales nsw queensland western-australia south-australia tasmania canberra",
    "ireland irish", "france french paris", "germany german germans", "italy italian italians", "spain spanish", "russia russian russians moscow kremlin", "ukraine ukrainian ukrainians kiev kyiv", "poland polish poles",
    "greece greek greeks", "turkey turkish turks ankara", "libya libyan libyans", "lebanon lebanese beirut", "egypt egyptian egyptians", "israel israeli israelis", "palestine palestinian palestinians west-bank", "iraq iraqi iraqis baghdad",
    "iran iranian iranians tehran", "syria syrian syrians damascus", "jordan jordanian jordanians", "afghanistan afghan afghans kabul", "pakistan pakistani pakistanis islamabad", "india indian new-delhi", "china chinese beijing",
    "japan japanese tokyo", "mexico mexican mexicans", "brazil brazilian brazilians", "argentina argentine argentinian", "chile chilean", "peru peruvian", "colombia colombian colombians", "venezuela venezuelan venezuelans caracas",
    "cuba cuban cubans havana", "netherlands dutch holland", "belgium belgian belgians brussels", "austria austrian austrians", "switzerland swiss", "sweden swedish", "norway norwegian", "denmark danish", "finland finnish",
    "portugal portuguese", "hungary hungarian", "romania romanian", "bulgaria bulgarian", "south-africa south-african", "nigeria nigerian nigerians", "kenya kenyan nairobi", "morocco moroccan", "tunisia tunisian", "algeria algerian",
    "yemen yemeni", "saudi-arabia saudi saudis riyadh", "new-zealand", "philippines philippine manila", "indonesia indonesian jakarta", "vietnam vietnamese hanoi", "thailand thai", "malaysia malaysian", "south-korea south-korean seoul",
    "north-korea north-korean pyongyang", "belarus belarusian minsk", "armenia armenian armenians", "azerbaijan azerbaijani", "kazakhstan kazakh", "uzbekistan uzbek", "tajikistan tajik", "turkmenistan turkmen", "kyrgyzstan kyrgyz",
    "moldova moldovan", "estonia estonian", "latvia latvian", "lithuania lithuanian", "serbia serbian serbs belgrade", "croatia croatian", "bosnia-herzegovina bosnia bosnian", "kosovo kosovar", "albania albanian", "north-macedonia macedonia macedonian",
    "slovenia slovenian", "slovakia slovak", "czechia czech-republic czech", "iceland icelandic", "luxembourg", "malta maltese", "cyprus cypriot", "qatar qatari doha", "kuwait kuwaiti", "bahrain bahraini", "oman omani", "united-arab-emirates uae emirati dubai",
    "ethiopia ethiopian", "somalia somali mogadishu", "sudan sudanese khartoum", "south-sudan south-sudanese", "uganda ugandan", "tanzania tanzanian", "rwanda rwandan", "burundi burundian", "congo-kinshasa democratic-republic-of-congo drc congolese congo kinshasa",
    "zimbabwe zimbabwean", "zambia zambian", "angola angolan", "mozambique", "namibia namibian", "botswana", "ghana ghanaian", "senegal senegalese", "ivory-coast cote-divoire ivorian", "mali malian", "niger", "chad chadian", "cameroon cameroonian",
    "liberia liberian liberians monrovia", "sierra-leone freetown", "guinea guinean", "bangladesh bangladeshi dhaka", "sri-lanka sri-lankan", "nepal nepalese", "myanmar burma burmese", "cambodia cambodian", "laos laotian", "mongolia mongolian", "taiwan taiwanese taipei",
    "singapore singaporean", "haiti haitian haitians", "dominican-republic dominican", "jamaica jamaican", "bahamas bahamian", "honduras honduran", "guatemala guatemalan", "el-salvador salvadoran", "nicaragua nicaraguan", "costa-rica", "panama panamanian",
    "ecuador ecuadorian", "bolivia bolivian", "paraguay paraguayan", "uruguay uruguayan", "trinidad-tobago trinidad-and-tobago trinidad", "antigua-barbuda antigua-and-barbuda antigua", "papua-new-guinea", "fiji fijian",
    NULL};
/* clang-format on */
