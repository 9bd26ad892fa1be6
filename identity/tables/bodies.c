/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/tables/tables.h"

/* clang-format off */
const char *const onr_bodies[] = {
    /* between states */
    "united-nations un", "north-atlantic-treaty-organization nato atlantic-alliance north-atlantic-alliance north-atlantic-treaty-organisation", "european-union eu", "european-commission ec",
    "international-monetary-fund imf", "world-health-organization who world-health-organisation", "world-trade-organization wto", "international-atomic-energy-agency iaea", "international-criminal-court icc",
    "organization-for-security-and-co-operation-in-europe osce organization-for-security-and-cooperation-in-europe organisation-for-security-and-co-operation-in-europe",
    "organization-of-the-petroleum-exporting-countries opec", "association-of-southeast-asian-nations asean", "african-union au", "european-central-bank ecb", "organisation-for-economic-co-operation-and-development oecd organization-for-economic-cooperation-and-development",
    "united-nations-security-council un-security-council security-council unsc", "united-nations-general-assembly un-general-assembly", "united-nations-high-commissioner-for-refugees unhcr un-refugee-agency un-high-commissioner-for-refugees", "unicef united-nations-childrens-fund",
    "organisation-for-the-prohibition-of-chemical-weapons opcw organization-for-the-prohibition-of-chemical-weapons", "doctors-without-borders medecins-sans-frontieres msf", "international-committee-of-the-red-cross icrc",
    /* of the United States */
    "federal-bureau-of-investigation fbi", "central-intelligence-agency cia", "national-security-agency nsa", "department-of-justice doj justice-department", "department-of-homeland-security dhs homeland-security-department homeland-security",
    "department-of-defense dod defense-department pentagon", "department-of-state state-department", "department-of-the-treasury treasury-department", "department-of-health-and-human-services hhs health-and-human-services",
    "department-of-education education-department", "department-of-energy doe energy-department", "department-of-labor labor-department", "department-of-commerce commerce-department", "department-of-agriculture usda agriculture-department",
    "department-of-transportation transportation-department", "department-of-veterans-affairs va veterans-affairs-department veterans-affairs veterans-administration", "department-of-the-interior interior-department",
    "department-of-housing-and-urban-development hud housing-and-urban-development", "environmental-protection-agency epa", "internal-revenue-service irs", "federal-reserve fed federal-reserve-board federal-reserve-system",
    "federal-communications-commission fcc", "federal-election-commission fec", "federal-trade-commission ftc", "federal-aviation-administration faa", "food-and-drug-administration fda", "centers-for-disease-control-and-prevention cdc centers-for-disease-control",
    "securities-and-exchange-commission sec", "national-transportation-safety-board ntsb", "transportation-security-administration tsa", "immigration-and-customs-enforcement ice", "customs-and-border-protection cbp",
    "citizenship-and-immigration-services uscis", "drug-enforcement-administration dea", "bureau-of-alcohol-tobacco-firearms-and-explosives atf bureau-of-alcohol-tobacco-and-firearms", "secret-service usss",
    "office-of-management-and-budget omb", "congressional-budget-office cbo", "government-accountability-office gao", "national-aeronautics-and-space-administration nasa", "federal-emergency-management-agency fema", "bureau-of-labor-statistics bls",
    "national-institutes-of-health nih", "centers-for-medicare-and-medicaid-services cms", "consumer-financial-protection-bureau cfpb", "equal-employment-opportunity-commission eeoc", "supreme-court scotus", "national-labor-relations-board nlrb",
    "house-intelligence-committee house-permanent-select-committee-on-intelligence", "senate-intelligence-committee senate-select-committee-on-intelligence",
    "house-oversight-committee house-oversight-and-government-reform-committee house-committee-on-oversight-and-government-reform", "dc-circuit dc-circuit-court-of-appeals court-of-appeals-for-the-district-of-columbia-circuit",
    "ninth-circuit 9th-circuit 9th-circuit-court-of-appeals ninth-circuit-court-of-appeals", "fourth-circuit 4th-circuit fourth-circuit-court-of-appeals 4th-circuit-court-of-appeals", "fifth-circuit 5th-circuit fifth-circuit-court-of-appeals 5th-circuit-court-of-appeals",
    "house-of-representatives house", "republican-national-committee rnc", "democratic-national-committee dnc", "republican-party gop grand-old-party", "democratic-party dems", "democratic-congressional-campaign-committee dccc", "national-republican-congressional-committee nrcc",
    "national-republican-senatorial-committee nrsc", "democratic-senatorial-campaign-committee dscc", "new-york-police-department nypd", "los-angeles-police-department lapd", "american-civil-liberties-union aclu", "national-rifle-association nra",
    "american-israel-public-affairs-committee aipac", "national-association-for-the-advancement-of-colored-people naacp", "american-association-of-retired-persons aarp", "southern-poverty-law-center splc", "council-on-american-islamic-relations cair",
    "ku-klux-klan kkk", "political-action-conference cpac conservative-political-action-conference", "service-employees-international-union seiu", "american-medical-association ama", "organizing-for-action ofa", "public-policy-polling ppp",
    "boy-scouts-of-america boy-scouts", "afl-cio american-federation-of-labor-and-congress-of-industrial-organizations", "massachusetts-institute-of-technology mit", "university-of-california-los-angeles ucla", "university-of-california-berkeley uc-berkeley",
    "university-of-southern-california usc", "new-york-university nyu", "university-of-virginia uva", "american-federation-of-teachers aft", "national-education-association nea", "national-football-league nfl", "national-basketball-association nba", "national-collegiate-athletic-association ncaa", "major-league-baseball mlb", "young-mens-christian-association ymca",
    /* of other states */
    "federal-security-service fsb", "committee-for-state-security kgb", "islamic-revolutionary-guard-corps irgc revolutionary-guard revolutionary-guards revolutionary-guard-corps", "peoples-liberation-army pla", "national-health-service nhs",
    "kurdistan-workers-party pkk", "peoples-protection-units ypg", "syrian-democratic-forces sdf", "free-syrian-army fsa", "plo palestine-liberation-organization", "palestinian-authority palestinian-national-authority",
    "national-front front-national rassemblement-national", "african-national-congress anc", "bharatiya-janata-party bjp", "united-kingdom-independence-party ukip uk-independence-party", "israel-defense-forces idf israeli-defense-forces",
    "inter-services-intelligence isi", "irish-republican-army ira", "revolutionary-armed-forces-of-colombia farc",
    /* armed groups */
    "islamic-state isis isil daesh islamic-state-group islamic-state-of-iraq-and-syria islamic-state-of-iraq-and-the-levant islamic-state-in-iraq-and-syria islamic-state-in-iraq-and-the-levant islamic-state-of-iraq-and-al-sham is", "al-qaeda al-qaida al-queda al-qaeda-network", "nusra-front al-nusra-front jabhat-al-nusra al-nusra jabhat-al-nusrah",
    "hezbollah hizbollah hizbullah hizballah", "taliban taleban", "al-shabaab al-shabab shabaab", "al-qaeda-in-the-arabian-peninsula aqap al-qaida-in-the-arabian-peninsula", "al-qaeda-in-the-islamic-maghreb aqim", "boko-haram bokoharam",
    /* the press */
    "new-york-times nyt gray-lady ny-times", "washington-post wapo", "wall-street-journal wsj", "los-angeles-times la-times", "associated-press ap", "agence-france-presse afp", "national-public-radio npr", "british-broadcasting-corporation bbc",
    "columbia-broadcasting-system cbs cbs-news", "fox-news fox-news-channel fnc", "msnbc msnbc-news", "abc-news abc", "nbc-news nbc", "public-broadcasting-service pbs", "huffington-post huffpost", "buzzfeed buzzfeed-news", "cnn cable-news-network", "reuters thomson-reuters", "islamic-republic-news-agency irna",
    /* companies */
    "general-motors gm", "exxonmobil exxon-mobil exxon", "general-electric ge", "international-business-machines ibm", "american-telephone-and-telegraph att at-t", "jpmorgan-chase jp-morgan-chase jpmorgan jp-morgan", "bp british-petroleum",
    "new-york-stock-exchange nyse", "citigroup citi", "hewlett-packard hp", "amazon amazoncom", "labour-party labour", "conservative-party tories tory-party", "american-international-group aig", "goldman-sachs goldman", "wal-mart walmart wal-mart-stores", "hsbc hongkong-and-shanghai-banking-corporation", "royal-bank-of-scotland rbs", "youtube you-tube", "facebook face-book",
    NULL};
/* clang-format on */
