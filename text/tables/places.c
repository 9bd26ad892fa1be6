/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/tables/tables.h"

/* clang-format off */
const char *const onr_places[] = {
    "united-states us usa america united-states-of-america the-us the-united-states", "united-kingdom uk britain great-britain united-kingdom-of-great-britain gb",
    "united-arab-emirates uae emirates", "north-korea n-korea dprk democratic-people-republic-of-korea democratic-peoples-republic-of-korea", "south-korea s-korea rok republic-of-korea",
    "china prc people-republic-of-china peoples-republic-of-china mainland-china", "russia russian-federation", "soviet-union ussr", "iran islamic-republic", "syria syrian-arab-republic",
    "falkland-islands falklands", "democratic-republic-of-the-congo drc dr-congo democratic-republic-of-congo congo-kinshasa", "czech-republic czechia", "myanmar burma", "netherlands holland",
    "ivory-coast cote-divoire cote-d-ivoire", "vatican vatican-city holy-see", "turkey turkiye", "saudi-arabia kingdom-of-saudi-arabia ksa",
    "middle-east mideast", "catalonia catalunya", "kyiv kiev", "kharkiv kharkov", "odesa odessa-ukraine", "lviv lvov", "crimea crimean-peninsula",
    "erbil irbil arbil", "raqqa rakka ar-raqqah", "mosul mosel", "fallujah falluja", "aleppo halab", "hama hamah", "idlib idleb", "homs hims", "daraa deraa", "benghazi bengazi", "ciudad-juarez juarez",
    "beijing peking", "mumbai bombay", "kolkata calcutta", "chennai madras", "ho-chi-minh-city saigon", "yangon rangoon", "istanbul constantinople",
    "slovyansk slaviansk sloviansk slavyansk", "donbas donbass", "donetsk donetsk-region", "luhansk lugansk", "west-bank cisjordan", "sharm-el-sheikh sharm-el-sheik sharm",
    "new-york-city nyc big-apple city-of-new-york", "los-angeles la city-of-los-angeles", "las-vegas vegas sin-city", "san-francisco sf", "philadelphia philly", "new-orleans nola big-easy", "chicago windy-city", "detroit motor-city",
    "washington-dc dc district-of-columbia washington-d-c d-c nation-capital washington", "st-louis saint-louis", "st-paul saint-paul", "st-petersburg saint-petersburg", "fort-lauderdale ft-lauderdale", "fort-worth ft-worth", "mount-everest mt-everest",
    "san-bernardino san-bernadino", "capitol-hill the-hill", "puerto-rico pr",
    "alabama ala", "alaska last-frontier", "arizona ariz", "arkansas ark", "california calif golden-state", "colorado colo", "connecticut conneticut conneticutt conn", "delaware del", "florida fla sunshine-state",
    "hawaii aloha-state", "illinois ill land-of-lincoln", "indiana ind hoosier-state", "iowa hawkeye-state", "kansas kan kans sunflower-state", "kentucky ky bluegrass-state", "louisiana pelican-state", "maine pine-tree-state", "maryland md",
    "massachusetts massachusets massachussetts mass bay-state", "michigan mich wolverine-state", "minnesota minn", "mississippi missisippi mississipi miss magnolia-state", "missouri mo show-me-state", "montana mont", "nebraska neb nebr cornhusker-state",
    "nevada nev silver-state", "new-hampshire nh granite-state", "new-jersey nj garden-state", "new-mexico nm land-of-enchantment", "new-york-state empire-state state-of-new-york", "north-carolina nc tar-heel-state", "north-dakota nd",
    "ohio buckeye-state", "oklahoma okla sooner-state", "oregon ore", "pennsylvania pensylvania pennslyvania pa penn keystone-state", "rhode-island ri", "south-carolina sc palmetto-state", "south-dakota sd", "tennessee tennesee tennessse tenn volunteer-state",
    "texas tex lone-star-state", "utah beehive-state", "vermont vt green-mountain-state", "virginia va old-dominion", "washington-state state-of-washington evergreen-state wash", "west-virginia wva w-va", "wisconsin wis badger-state", "wyoming wyo",
    "eswatini swaziland", "cape-verde cabo-verde", "east-timor timor-leste", "gambia the-gambia", "bahamas the-bahamas", "taiwan republic-of-china", "hong-kong hksar", "macau macao", "abkhazia", "transnistria transdniestria trans-dniester", "xinjiang sinkiang xinjiang-uighur-autonomous-region xinjiang-uyghur-autonomous-region xinjian",
    "guangzhou", "nanjing nanking", "bangalore bengaluru", "tehran teheran", "basra basrah", "kandahar qandahar", "kunduz konduz", "mecca makkah", "sanaa", "hodeida hodeidah hudaydah al-hudaydah", "misrata misurata misratah", "sirte surt", "latakia lattakia",
    "deir-ez-zor deir-al-zor deir-el-zour deir-ez-zour deir-al-zour dayr-az-zawr deir-ezzor", "kobani kobane ayn-al-arab ain-al-arab", "tartus tartous", "palmyra tadmur tadmor", "golan-heights golan", "sinai sinai-peninsula", "temple-mount haram-al-sharif noble-sanctuary",
    "zaporizhzhia zaporizhia zaporozhye", "dnipro dnipropetrovsk", "mykolaiv nikolaev", "chernobyl chornobyl", "kathmandu katmandu", "ulan-bator ulaanbaatar", "astana nur-sultan", "almaty alma-ata", "the-hague hague", "strait-of-hormuz hormuz-strait straits-of-hormuz",
    "persian-gulf arabian-gulf", "sea-of-japan east-sea", "mar-a-lago mar-a-lago-club mar-a-lago-estate", "andrews-air-force-base joint-base-andrews", "martha-vineyard marthas-vineyard", "guantanamo-bay gitmo guantanamo guantanamo-bay-naval-base guantanamo-bay-detention-center gtmo",
    "jfk-airport john-f-kennedy-international-airport kennedy-airport kennedy-international-airport john-f-kennedy-airport", "los-angeles-international-airport lax", "o-hare-international-airport o-hare o-hare-airport", "reagan-national-airport ronald-reagan-washington-national-airport",
    "republic-of-ireland irish-republic", "northern-ireland ulster", "gaza gaza-strip", "bosnia bosnia-and-herzegovina bosnia-herzegovina", "south-china-sea", "korean-peninsula korea-peninsula", "downing-street 10-downing-street", "tiananmen-square tiananmen",
    "papua-new-guinea png", "trinidad-and-tobago trinidad trinidad-tobago", "sao-tome-and-principe", "antigua-and-barbuda antigua", "st-kitts-and-nevis saint-kitts-and-nevis", "st-lucia saint-lucia", "st-vincent-and-the-grenadines saint-vincent-and-the-grenadines", "central-african-republic",
    "micronesia federated-states-of-micronesia", "marshall-islands", "cook-islands", "solomon-islands", "faroe-islands faeroe-islands", "equatorial-guinea", "republic-of-congo congo-brazzaville republic-of-the-congo", "guinea-bissau", "burkina-faso upper-volta", "sri-lanka ceylon", "zimbabwe rhodesia",
    "united-states-virgin-islands us-virgin-islands", "british-virgin-islands", "channel-islands", "isle-of-man", "western-sahara", "french-guiana", "new-caledonia", "costa-rica", "el-salvador", "dominican-republic", "cayman-islands caymans", "virgin-islands", "horn-of-africa", "gulf-of-mexico", "rio-de-janeiro rio", "sao-paulo", "buenos-aires",
    "tucson tuscon", "philippines phillipines philipines", "cincinnati cincinatti cincinnatti", "afghanistan afganistan", "israel isreal", "ukraine ukrane", "libya lybia", "albuquerque albuquerqe albequerque",
    "miami-dade-county miami-dade", "charlottesville charlottesvile charlotteville", "venezuela venezeula venezuala", "kyrgyzstan kyrgystan kirgizstan", "kazakhstan kazakstan", "azerbaijan azerbaidjan", "liechtenstein lichtenstein",
    NULL};
/* clang-format on */
