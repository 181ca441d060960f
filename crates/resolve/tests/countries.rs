//! What words mean which country, and which words of a text do.

use dateline_parse::read_conllu;
use dateline_resolve::{Countries, CountryCode, CountryWordKind};

/// One line a country: its code, then a name, an adjective, a demonym, a capital (`-` where there is none).
const COUNTRIES: &str = "
AFG|Afghanistan|Afghan|Afghans|Kabul
ARG|Argentina|Argentine|Argentines|Buenos Aires
ARM|Armenia|Armenian|Armenians|Yerevan
AUS|Australia|Australian|Australians|Canberra
AZE|Azerbaijan|Azeri|Azerbaijanis|Baku
BGD|Bangladesh|Bangladeshi|Bangladeshis|Dhaka
BIH|Bosnia|Bosnian|Bosnians|Sarajevo
BFA|Burkina Faso|Burkinabe|-|Ouagadougou
CAF|Central African Republic|Central African|-|Bangui
CHN|China|Chinese|-|Beijing
CIV|Cote d'Ivoire|Ivorian|Ivorians|Abidjan
COD|DR Congo|Congolese|-|Kinshasa
COG|Congo-Brazzaville|-|-|Brazzaville
COL|Colombia|Colombian|Colombians|Bogota
CYP|Cyprus|Cypriot|Greek Cypriots|Nicosia
CZE|Czechia|Czech|Czechs|Prague
DNK|Denmark|Danish|Danes|Copenhagen
DOM|Dominican Republic|Dominican|Dominicans|Santo Domingo
EGY|Egypt|Egyptian|Egyptians|Cairo
ESP|Spain|Spanish|Spaniards|Madrid
ETH|Ethiopia|Ethiopian|Ethiopians|Addis Ababa
FIN|Finland|Finnish|Finns|Helsinki
FRA|France|French|Frenchman|Paris
GBR|Britain|British|Britons|London
GEO|Georgia|Georgian|Georgians|Tbilisi
GNB|Guinea-Bissau|Bissau-Guinean|Bissau-Guineans|Bissau
GNQ|Equatorial Guinea|Equatoguinean|Equatoguineans|Malabo
GIN|Guinea|Guinean|Guineans|Conakry
HTI|Haiti|Haitian|Haitians|Port-au-Prince
IDN|Indonesia|Indonesian|Indonesians|Jakarta
IND|India|Indian|Indians|New Delhi
IRN|Iran|Iranian|Iranians|Tehran
IRQ|Iraq|Iraqi|Iraqis|Baghdad
ISR|Israel|Israeli|Israelis|Jerusalem
JOR|Jordan|Jordanian|Jordanians|Amman
JPN|Japan|Japanese|-|Tokyo
KAZ|Kazakhstan|Kazakh|Kazakhs|Astana
KHM|Cambodia|Cambodian|Cambodians|Phnom Penh
KOR|South Korea|South Korean|South Koreans|Seoul
PRK|North Korea|North Korean|North Koreans|Pyongyang
LAO|Laos|Lao|Laotians|Vientiane
LBN|Lebanon|Lebanese|-|Beirut
LBY|Libya|Libyan|Libyans|Tripoli
LKA|Sri Lanka|Sri Lankan|Sri Lankans|Colombo
MLI|Mali|Malian|Malians|Bamako
MMR|Myanmar|Burmese|-|Naypyidaw
MDV|the Maldives|Maldivian|Maldivians|Male
MKD|North Macedonia|Macedonian|Macedonians|Skopje
MOZ|Mozambique|Mozambican|Mozambicans|Maputo
NER|Niger|Nigerien|Nigeriens|Niamey
NGA|Nigeria|Nigerian|Nigerians|Abuja
NLD|the Netherlands|Dutch|Dutchmen|The Hague
NZL|New Zealand|-|New Zealanders|Wellington
PAK|Pakistan|Pakistani|Pakistanis|Islamabad
PHL|the Philippines|Philippine|Filipinos|Manila
PNG|Papua New Guinea|Papua New Guinean|Papua New Guineans|Port Moresby
POL|Poland|Polish|Poles|Warsaw
PSE|Palestine|Palestinian|Palestinians|Ramallah
RUS|Russia|Russian|Russians|Moscow
SAU|Saudi Arabia|Saudi|Saudis|Riyadh
SDN|Sudan|Sudanese|-|Khartoum
SSD|South Sudan|South Sudanese|-|Juba
SLB|Solomon Islands|-|Solomon Islanders|Honiara
SOM|Somalia|Somali|Somalis|Mogadishu
SRB|Serbia|Serbian|Serbs|Belgrade
SWZ|Eswatini|Swazi|Swazis|Mbabane
SYR|Syria|Syrian|Syrians|Damascus
TCD|Chad|Chadian|Chadians|N'Djamena
THA|Thailand|Thai|Thais|Bangkok
TLS|Timor-Leste|East Timorese|-|Dili
TUR|Türkiye|Turkish|Turks|Ankara
TWN|Taiwan|Taiwanese|-|Taipei
UKR|Ukraine|Ukrainian|Ukrainians|Kyiv
USA|the United States|American|Americans|Washington
UZB|Uzbekistan|Uzbek|Uzbeks|Tashkent
VEN|Venezuela|Venezuelan|Venezuelans|Caracas
VNM|Viet Nam|Vietnamese|-|Hanoi
VUT|Vanuatu|ni-Vanuatu|Vanuatuans|Port Vila
XKX|Kosovo|Kosovar|Kosovars|Pristina
YEM|Yemen|Yemeni|Yemenis|Sana'a
ZAF|South Africa|South African|South Africans|Pretoria
ZWE|Zimbabwe|Zimbabwean|Zimbabweans|Harare
HKG|Hong Kong|-|Hongkongers|-
ESH|Western Sahara|Sahrawi|Sahrawis|Laayoune
GRL|Greenland|Greenlandic|Greenlanders|Nuuk
NCL|New Caledonia|Kanak|Kanaks|Noumea
";

/// Words, and what they mean: official and old names, abbreviations, seats, and words that mean nothing.
const WORDS: &str = "
Democratic People's Republic of Korea|PRK official
DPRK|PRK abbreviation
ROK|KOR abbreviation
N. Korea|PRK abbreviation
US|USA abbreviation
U.S.|USA abbreviation
USA|USA abbreviation
us|-
Us|-
UK|GBR abbreviation
U.K.|GBR abbreviation
UAE|ARE abbreviation
PRC|CHN abbreviation
DRC|COD abbreviation
Burma|MMR old
Zaire|COD old
Swaziland|SWZ old
Czech Republic|CZE name
Ceylon|LKA old
Persia|IRN old
Upper Volta|BFA old
Soviet Union|SUN old
USSR|SUN abbreviation
Yugoslavia|YUG old
East Germany|DDR old
Kremlin|RUS seat
the Kremlin|RUS seat
White House|USA seat
Pentagon|USA seat
Downing Street|GBR seat
10 Downing Street|GBR seat
Blue House|KOR seat
Élysée|FRA seat
Elysee Palace|FRA seat
Zhongnanhai|CHN seat
Foggy Bottom|USA seat
Quai d'Orsay|FRA seat
Quai d’Orsay|FRA seat
turkey|-
chad|-
Turkey|TUR name
TURKEY|TUR name
New Mexico|-
Gulf of Mexico|-
Papua|-
Republic of China|TWN official
People's Republic of China|CHN official
Washington, D.C.|USA capital
Kiev|UKR capital
Peking|CHN capital
Rangoon|MMR capital
|-
";

#[track_caller]
fn assert_means(words: &str, code: &str) {
    let found: Vec<_> = Countries::embedded().lookup_all(words).map(|word| word.code.to_string()).collect();
    assert!(found.iter().any(|found| found == code), "`{words}` should mean {code}, means {found:?}");
}

#[test]
fn knows_names_adjectives_demonyms_and_capitals() {
    for line in COUNTRIES.trim().lines() {
        let cells: Vec<&str> = line.split('|').collect();
        for words in cells[1..].iter().filter(|words| **words != "-") {
            assert_means(words, cells[0]);
        }
        let code = CountryCode::new(cells[0]).unwrap();
        assert_eq!(Countries::embedded().lookup(cells[1]).unwrap().code, code, "{}", cells[1]);
    }
}

#[test]
fn knows_other_words_by_case_and_kind() {
    for line in WORDS.trim().lines() {
        let (words, expected) = line.split_once('|').unwrap();
        let found = match Countries::embedded().lookup(words) {
            Some(word) => format!("{} {}", word.code, word.kind),
            None => "-".to_owned(),
        };
        assert_eq!(found, expected, "`{words}`");
    }
}

#[test]
fn holds_every_country_once() {
    let countries = Countries::embedded();
    let today: Vec<_> = countries.all().iter().filter(|country| !country.is_historic).collect();
    assert_eq!(today.len(), 250, "249 of ISO 3166-1, and Kosovo");
    for country in &today {
        assert_eq!(countries.country_by_iso2(&country.iso2).unwrap().code, country.code);
        assert_eq!(countries.lookup(&country.name).unwrap().code, country.code, "{}", country.name);
        let (north, east) = country.coordinates;
        assert!((-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east), "{}", country.name);
    }
    let guam = CountryCode::new("GUM").unwrap();
    assert_eq!(countries.state_of(guam).as_str(), "USA");
}

#[test]
fn pentagon_is_military() {
    let word = Countries::embedded().lookup("Pentagon").unwrap();
    assert_eq!((word.kind, word.sector.unwrap().as_str()), (CountryWordKind::Seat, "MIL"));
}

/// The country words of a sentence of bare tokens, `word=CODE`.
fn found_in(tokens: &str) -> String {
    let rows: Vec<String> = tokens
        .split(' ')
        .enumerate()
        .map(|(i, form)| {
            let (head, deprel) = if i == 0 { (0, "root") } else { (1, "dep") };
            format!("{}\t{form}\t{form}\tX\t_\t_\t{head}\t{deprel}\t_\t_", i + 1)
        })
        .collect();
    let document = read_conllu(&format!("{}\n\n", rows.join("\n"))).unwrap();
    let mentions = Countries::embedded().find(&document);
    let found: Vec<_> = mentions
        .iter()
        .map(|mention| {
            let doubt = mention.doubt.map_or("", |doubt| doubt.as_str());
            format!("{}={}{doubt}", document.words(mention.tokens), mention.word.code)
        })
        .collect();
    found.join(", ")
}

#[test]
fn finds_the_longest_match_in_text() {
    for (tokens, expected) in [
        ("South Korea and the U.S. warned North Korea", "South Korea=KOR, U.S.=USA, North Korea=PRK"),
        ("They told us in Papua New Guinea", "Papua New Guinea=PNG"),
        ("A trader from New Mexico met Guinea - Bissau officials", "Guinea - Bissau=GNB"),
        ("Cote d' Ivoire", "Cote d' Ivoire=CIV"),
        ("the South China Sea", ""),
        ("Georgia and Russia talked", "Georgia=GEO, Russia=RUS"),
        ("Atlanta , Georgia", "Georgia=GEOus-state"),
        ("PLEASE TELL US MORE", ""),
        ("THE US ACTS NOW", "US=USA"),
        ("North Macedonia 's parliament", "North Macedonia=MKD"),
    ] {
        assert_eq!(found_in(tokens), expected, "{tokens}");
    }
}
