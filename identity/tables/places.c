/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/tables/tables.h"

/* clang-format off */
const char *const onr_places[] = {
    "united-states us usa america united-states-of-america the-us the-united-states", "united-kingdom uk britain great-britain united-kingdom-of-great-britain gb",
    "united-arab-emirates uae emirates", "north-korea n-korea dprk democratic-peoples-republic-of-korea", "south-korea s-korea rok republic-of-korea",
    "china prc peoples-republic-of-china mainland-china", "russia russian-federation", "soviet-union ussr", "iran islamic-republic", "syria syrian-arab-republic",
    "falkland-islands falklands", "democratic-republic-of-the-congo drc dr-congo democratic-republic-of-congo congo-kinshasa", "czech-republic czechia", "myanmar burma", "netherlands holland",
    "ivory-coast cote-divoire cote-d-ivoire", "vatican vatican-city holy-see", "turkey turkiye", "saudi-arabia kingdom-of-saudi-arabia ksa", "bosnia bosnia-and-herzegovina bosnia-herzegovina",
    "middle-east mideast", "guantanamo-bay gitmo guantanamo", "catalonia catalunya", "kyiv kiev", "kharkiv kharkov", "odesa odessa-ukraine", "lviv lvov", "crimea crimean-peninsula",
    "erbil irbil arbil", "raqqa rakka ar-raqqah", "mosul mosel", "fallujah falluja", "aleppo halab", "hama hamah", "idlib idleb", "homs hims", "daraa deraa", "benghazi bengazi", "ciudad-juarez juarez",
    "beijing peking", "mumbai bombay", "kolkata calcutta", "chennai madras", "ho-chi-minh-city saigon", "yangon rangoon", "istanbul constantinople",
    "slovyansk slaviansk sloviansk slavyansk", "donbas donbass", "donetsk donetsk-region", "luhansk lugansk", "west-bank cisjordan", "gaza gaza-strip", "sharm-el-sheikh sharm-el-sheik sharm",
    "new-york-city nyc big-apple city-of-new-york", "los-angeles la city-of-los-angeles", "las-vegas vegas sin-city", "san-francisco sf", "philadelphia philly", "new-orleans nola big-easy", "chicago windy-city", "detroit motor-city",
    "washington-dc dc district-of-columbia washington-d-c d-c nations-capital", "st-louis saint-louis", "st-paul saint-paul", "st-petersburg saint-petersburg", "fort-lauderdale ft-lauderdale", "fort-worth ft-worth", "mount-everest mt-everest",
    "san-bernardino san-bernadino", "capitol-hill the-hill", "puerto-rico pr",
    "alabama ala", "alaska last-frontier", "arizona ariz", "arkansas ark", "california calif golden-state", "colorado colo", "connecticut conn", "delaware del", "florida fla sunshine-state",
    "hawaii aloha-state", "illinois ill land-of-lincoln", "indiana ind hoosier-state", "iowa hawkeye-state", "kansas kan kans sunflower-state", "kentucky ky bluegrass-state", "louisiana pelican-state", "maine pine-tree-state", "maryland md",
    "massachusetts mass bay-state", "michigan mich wolverine-state", "minnesota minn", "mississippi miss magnolia-state", "missouri mo show-me-state", "montana mont", "nebraska neb nebr cornhusker-state",
    "nevada nev silver-state", "new-hampshire nh granite-state", "new-jersey nj garden-state", "new-mexico nm land-of-enchantment", "new-york-state empire-state state-of-new-york", "north-carolina nc tar-heel-state", "north-dakota nd",
    "ohio buckeye-state", "oklahoma okla sooner-state", "oregon ore", "pennsylvania pa penn keystone-state", "rhode-island ri", "south-carolina sc palmetto-state", "south-dakota sd", "tennessee tenn volunteer-state",
    "texas tex lone-star-state", "utah beehive-state", "vermont vt green-mountain-state", "virginia va old-dominion", "washington-state state-of-washington evergreen-state wash", "west-virginia wva w-va", "wisconsin wis badger-state", "wyoming wyo",
    NULL};
/* clang-format on */
