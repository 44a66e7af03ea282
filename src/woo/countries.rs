//! What WooCommerce knows of countries: names, address formats, how tax is called.

use super::case;

/// `CODE:name` of every country, names as WooCommerce has them.
const NAMES: &str = "AF:Afghanistan|AX:Åland Islands|AL:Albania|DZ:Algeria|AS:American Samoa|AD:Andorra|\
    AO:Angola|AI:Anguilla|AQ:Antarctica|AG:Antigua and Barbuda|AR:Argentina|AM:Armenia|\
    AW:Aruba|AU:Australia|AT:Austria|AZ:Azerbaijan|BS:Bahamas|BH:Bahrain|BD:Bangladesh|\
    BB:Barbados|BY:Belarus|BE:Belgium|PW:Belau|BZ:Belize|BJ:Benin|BM:Bermuda|BT:Bhutan|\
    BO:Bolivia|BQ:Bonaire, Saint Eustatius and Saba|BA:Bosnia and Herzegovina|BW:Botswana|\
    BV:Bouvet Island|BR:Brazil|IO:British Indian Ocean Territory|BN:Brunei|BG:Bulgaria|\
    BF:Burkina Faso|BI:Burundi|KH:Cambodia|CM:Cameroon|CA:Canada|CV:Cape Verde|\
    KY:Cayman Islands|CF:Central African Republic|TD:Chad|CL:Chile|CN:China|\
    CX:Christmas Island|CC:Cocos (Keeling) Islands|CO:Colombia|KM:Comoros|\
    CG:Congo (Brazzaville)|CD:Congo (Kinshasa)|CK:Cook Islands|CR:Costa Rica|HR:Croatia|\
    CU:Cuba|CW:Curaçao|CY:Cyprus|CZ:Czech Republic|DK:Denmark|DJ:Djibouti|DM:Dominica|\
    DO:Dominican Republic|EC:Ecuador|EG:Egypt|SV:El Salvador|GQ:Equatorial Guinea|ER:Eritrea|\
    EE:Estonia|SZ:Eswatini|ET:Ethiopia|FK:Falkland Islands|FO:Faroe Islands|FJ:Fiji|\
    FI:Finland|FR:France|GF:French Guiana|PF:French Polynesia|TF:French Southern Territories|\
    GA:Gabon|GM:Gambia|GE:Georgia|DE:Germany|GH:Ghana|GI:Gibraltar|GR:Greece|GL:Greenland|\
    GD:Grenada|GP:Guadeloupe|GU:Guam|GT:Guatemala|GG:Guernsey|GN:Guinea|GW:Guinea-Bissau|\
    GY:Guyana|HT:Haiti|HM:Heard Island and McDonald Islands|HN:Honduras|HK:Hong Kong|\
    HU:Hungary|IS:Iceland|IN:India|ID:Indonesia|IR:Iran|IQ:Iraq|IE:Ireland|IM:Isle of Man|\
    IL:Israel|IT:Italy|CI:Ivory Coast|JM:Jamaica|JP:Japan|JE:Jersey|JO:Jordan|KZ:Kazakhstan|\
    KE:Kenya|KI:Kiribati|KW:Kuwait|KG:Kyrgyzstan|LA:Laos|LV:Latvia|LB:Lebanon|LS:Lesotho|\
    LR:Liberia|LY:Libya|LI:Liechtenstein|LT:Lithuania|LU:Luxembourg|MO:Macao|\
    MK:North Macedonia|MG:Madagascar|MW:Malawi|MY:Malaysia|MV:Maldives|ML:Mali|MT:Malta|\
    MH:Marshall Islands|MQ:Martinique|MR:Mauritania|MU:Mauritius|YT:Mayotte|MX:Mexico|\
    FM:Micronesia|MD:Moldova|MC:Monaco|MN:Mongolia|ME:Montenegro|MS:Montserrat|MA:Morocco|\
    MZ:Mozambique|MM:Myanmar|NA:Namibia|NR:Nauru|NP:Nepal|NL:Netherlands|NC:New Caledonia|\
    NZ:New Zealand|NI:Nicaragua|NE:Niger|NG:Nigeria|NU:Niue|NF:Norfolk Island|\
    MP:Northern Mariana Islands|KP:North Korea|NO:Norway|OM:Oman|PK:Pakistan|\
    PS:Palestinian Territory|PA:Panama|PG:Papua New Guinea|PY:Paraguay|PE:Peru|PH:Philippines|\
    PN:Pitcairn|PL:Poland|PT:Portugal|PR:Puerto Rico|QA:Qatar|RE:Reunion|RO:Romania|RU:Russia|\
    RW:Rwanda|BL:Saint Barthélemy|SH:Saint Helena|KN:Saint Kitts and Nevis|LC:Saint Lucia|\
    MF:Saint Martin (French part)|SX:Saint Martin (Dutch part)|PM:Saint Pierre and Miquelon|\
    VC:Saint Vincent and the Grenadines|SM:San Marino|ST:São Tomé and Príncipe|\
    SA:Saudi Arabia|SN:Senegal|RS:Serbia|SC:Seychelles|SL:Sierra Leone|SG:Singapore|\
    SK:Slovakia|SI:Slovenia|SB:Solomon Islands|SO:Somalia|ZA:South Africa|\
    GS:South Georgia/Sandwich Islands|KR:South Korea|SS:South Sudan|ES:Spain|LK:Sri Lanka|\
    SD:Sudan|SR:Suriname|SJ:Svalbard and Jan Mayen|SE:Sweden|CH:Switzerland|SY:Syria|\
    TW:Taiwan|TJ:Tajikistan|TZ:Tanzania|TH:Thailand|TL:Timor-Leste|TG:Togo|TK:Tokelau|\
    TO:Tonga|TT:Trinidad and Tobago|TN:Tunisia|TR:Türkiye|TM:Turkmenistan|\
    TC:Turks and Caicos Islands|TV:Tuvalu|UG:Uganda|UA:Ukraine|AE:United Arab Emirates|\
    GB:United Kingdom (UK)|US:United States (US)|UM:United States (US) Minor Outlying Islands|\
    UY:Uruguay|UZ:Uzbekistan|VU:Vanuatu|VA:Vatican|VE:Venezuela|VN:Vietnam|\
    VG:Virgin Islands (British)|VI:Virgin Islands (US)|WF:Wallis and Futuna|EH:Western Sahara|\
    WS:Samoa|YE:Yemen|ZM:Zambia|ZW:Zimbabwe";

/// Japan's prefectures in the order of their codes `JP01` to `JP47`; the one country whose
/// addresses are printed with the state's name and whose states are always codes.
const PREFECTURES: &str = "Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa";

/// The countries of the European Union, by tax.
const EU: &str =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK MC IM";

/// The countries beside the EU that say VAT (`spec/woocommerce-cart.md` 4.10).
const VAT: &str = "AE AL AR AZ BB BH BO BS BY CL CO EC EG ET FJ FO GB GH GM GT IL IM IR IS KN KR \
    KZ LK MC MD ME MK MN MU MX NA NG NO NP PS PY RS RU RW SA SV TH TR UA UY UZ VE VN XK ZA";

/// The continents' countries.
const CONTINENTS: [(&str, &str); 7] = [
    (
        "AF",
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
    ),
    ("AN", "AQ BV GS HM TF"),
    (
        "AS",
        "AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE",
    ),
    (
        "EU",
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    ),
    (
        "NA",
        "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI",
    ),
    ("OC", "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"),
    ("SA", "AR BO BR CL CO EC FK GF GY PE PY SR UY VE"),
];

/// The continent a country lies on.
pub fn continent(country: &str) -> Option<&'static str> {
    CONTINENTS.iter().find(|(_, list)| list.split(' ').any(|c| c == country)).map(|(code, _)| *code)
}

/// Whether an address in this country is incomplete without a state.
pub fn requires_state(country: &str) -> bool {
    const WITH: &str =
        "AR AU BR CA CL CN CO CR EC ES GT ID IE IN IT JP MX MY NG PE PH RO TH TR US VE ZA";
    WITH.split(' ').any(|c| c == country)
}

/// Whether an address in this country is incomplete without a postcode.
pub fn requires_postcode(country: &str) -> bool {
    const WITHOUT: &str = "AE AO AG AW BS BZ BJ BM BO BW BF BI CM CF TD KM CG CD CK CI DJ DM GQ ER FJ GM GH GD GN \
        GY HK IE JM KE KI MO MW ML MR MU MS NR AN NU KP PA QA RW KN LC ST SC SL SB SO SR SY TL TK TO TT TV \
        UG VU YE ZW NG PE CL MZ";
    !WITHOUT.split_whitespace().any(|c| c == country)
}

/// A country's name; the code itself where it is unknown.
pub fn name(code: &str) -> &str {
    NAMES
        .split('|')
        .find_map(|entry| entry.split_once(':').filter(|(c, _)| *c == code))
        .map_or(code, |(_, name)| name)
}

/// The code of every country.
pub fn codes() -> impl Iterator<Item = &'static str> {
    NAMES.split('|').filter_map(|entry| entry.split_once(':')).map(|(code, _)| code)
}

/// Whether a country exists.
pub fn exists(code: &str) -> bool {
    NAMES.split('|').any(|entry| entry.split_once(':').is_some_and(|(c, _)| c == code))
}

/// A country's name inside a sentence: `the United States (US)`.
pub fn name_in_sentence(code: &str) -> String {
    let article = matches!(code, "AE" | "CZ" | "DO" | "NL" | "PH" | "US" | "GB" | "UM" | "VI");
    format!("{}{}", if article { "the " } else { "" }, name(code))
}

/// `VAT` or `Tax`, by the shop's country.
pub fn tax_name(base_country: &str) -> &'static str {
    let says_vat = |list: &str| list.split_whitespace().any(|c| c == base_country);
    if says_vat(EU) || says_vat(VAT) { "VAT" } else { "Tax" }
}

/// An address's fields, for printing.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct AddressLines<'a> {
    pub country: &'a str,
    pub state: &'a str,
    pub postcode: &'a str,
    pub city: &'a str,
    pub address_1: &'a str,
    pub address_2: &'a str,
}

/// The fields of an address where the postcode comes before the city; the reference's order, too.
pub const POSTCODE_FIRST: [&str; 9] = [
    "first_name",
    "last_name",
    "company",
    "country",
    "address_1",
    "address_2",
    "postcode",
    "city",
    "state",
];

/// The order of an address's fields at the checkout, by the country's locale.
pub fn address_fields(country: &str) -> [&'static str; 9] {
    const WITH_POSTCODE_FIRST: &str =
        "AT AX BE CH CZ DE DK EE ES FI FR HU IL IS IT LI NL NO PL RS SE SI SK TR VN";
    if country == "JP" {
        [
            "last_name",
            "first_name",
            "company",
            "country",
            "postcode",
            "state",
            "city",
            "address_1",
            "address_2",
        ]
    } else if WITH_POSTCODE_FIRST.split(' ').any(|c| c == country) {
        POSTCODE_FIRST
    } else {
        [
            "first_name",
            "last_name",
            "company",
            "country",
            "address_1",
            "address_2",
            "city",
            "state",
            "postcode",
        ]
    }
}

/// How a country's address lines read; `;` separates lines. Names and companies are left out,
/// since a shipping destination has none.
fn format_of(country: &str) -> &'static str {
    match country {
        "AU" => "1;2;city state_code postcode;country",
        "AT" | "BE" | "CH" | "CN" | "CZ" | "DE" | "DK" | "EE" | "FI" | "GR" | "IS" | "IL"
        | "LI" | "NL" | "NO" | "PL" | "PT" | "SK" | "RS" | "SI" | "SE" => {
            "1;2;postcode city;country"
        }
        "BR" => "1;2;city;state;postcode;country",
        "CA" => "1;2;city state_code postcode;country",
        "CL" => "1;2;state;postcode city;country",
        "ES" => "1;2;postcode city;state;country",
        "FR" => "1;2;postcode city_upper;country",
        "HK" => "1;2;city_upper;state_upper;country",
        "HU" => "city;1;2;postcode;country",
        "IN" => "1;2;city postcode;state, country",
        "IT" => "1;2;postcode;city;state_upper;country",
        "JM" => "1;2;city;state;postcode_upper;country",
        "JP" => "postcode;state city 1;2;country",
        "LV" => "1;2;city, postcode;country",
        "NZ" => "1;2;city postcode;country",
        "TR" => "1;2;postcode city state;country",
        "TW" => "postcode;country, state, city;1;2",
        "UG" => "1;2;city;state, country",
        "US" => "1;2;city, state_code postcode;country",
        "VN" => "1;city;country",
        "SG" => "1;2;country postcode",
        _ => "1;2;city;state;postcode;country",
    }
}

/// An address on one line, as WooCommerce prints a package's destination: the country is named
/// only when it is not the shop's.
pub fn one_line(address: AddressLines<'_>, base_country: &str) -> String {
    let country = if address.country == base_country { "" } else { name(address.country) };
    let state = state_name(address.country, address.state);
    let lines = format_of(address.country).split(';').map(|line| {
        let words = line.split(' ').map(|word| {
            let (word, comma) = word.strip_suffix(',').map_or((word, ""), |word| (word, ","));
            let value = match word {
                "1" => address.address_1.to_owned(),
                "2" => address.address_2.to_owned(),
                "city" => address.city.to_owned(),
                "city_upper" => case::upper(address.city),
                "state" => state.to_owned(),
                "state_upper" => case::upper(state),
                "state_code" => address.state.to_owned(),
                "postcode" => address.postcode.to_owned(),
                "postcode_upper" => address.postcode.to_ascii_uppercase(),
                _ => country.to_owned(),
            };
            value + comma
        });
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        words.join(" ").trim_matches([',', ' ']).to_owned()
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(", ")
}

fn state_name<'a>(country: &str, state: &'a str) -> &'a str {
    let prefecture = (country == "JP").then(|| state.strip_prefix("JP")?.parse::<usize>().ok());
    prefecture
        .flatten()
        .and_then(|number| PREFECTURES.split(' ').nth(number.checked_sub(1)?))
        .unwrap_or(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_read_as_recorded() {
        let at = |country, state, postcode, city| AddressLines {
            country,
            state,
            postcode,
            city,
            address_1: "1 Test Way",
            address_2: "",
        };
        for (address, line) in [
            (at("US", "CA", "94105", "San Francisco"), "1 Test Way, San Francisco, CA 94105"),
            (at("CA", "QC", "H2X 1Y4", "Montréal"), "1 Test Way, Montréal QC H2X 1Y4, Canada"),
            (
                at("GB", "", "SW1A 1AA", "London"),
                "1 Test Way, London, SW1A 1AA, United Kingdom (UK)",
            ),
            (at("FR", "", "75001", "Paris"), "1 Test Way, 75001 PARIS, France"),
            (at("JP", "JP13", "100-0001", "Tokyo"), "100-0001, Tokyo Tokyo 1 Test Way, Japan"),
            (at("DE", "DE-BE", "10115", "Berlin"), "1 Test Way, 10115 Berlin, Germany"),
        ] {
            assert_eq!(one_line(address, "US"), line);
        }
        let state_only = AddressLines { country: "US", state: "CA", ..AddressLines::default() };
        assert_eq!(one_line(state_only, "US"), "CA");
        assert_eq!(name_in_sentence("US"), "the United States (US)");
        assert_eq!(tax_name("GB"), "VAT");
        assert_eq!(tax_name("US"), "Tax");
    }
}
