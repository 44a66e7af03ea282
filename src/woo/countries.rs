//! What WooCommerce knows of countries: names, address formats, how tax is called.

use super::case;
use std::cmp::Ordering;

/// Every country, in the order of their codes: its code, its continent's place in [`CONTINENTS`],
/// letters for what is special there, and its name as WooCommerce has it. Two codes without a
/// name are no countries to WooCommerce, and still known to one of its lists.
///
/// - `v`: it says VAT (the countries of the European Union by tax, and those of
///   `spec/woocommerce-cart.md` 4.10)
/// - `s`, `n`: an address is incomplete without a state; is complete without a postcode
/// - `f`: at the checkout the postcode comes before the city
/// - `c`: its addresses read `postcode city`
/// - `t`: in a sentence it has an article
const COUNTRIES: &str = "AD3:Andorra|AE2vnt:United Arab Emirates|AF2:Afghanistan|AG4n:Antigua and Barbuda|\
    AI4:Anguilla|AL3v:Albania|AM2:Armenia|ANn:|AO0n:Angola|AQ1:Antarctica|AR6vs:Argentina|\
    AS5:American Samoa|AT3vfc:Austria|AU5s:Australia|AW4n:Aruba|AX3f:Åland Islands|\
    AZ2v:Azerbaijan|BA3:Bosnia and Herzegovina|BB4v:Barbados|BD2:Bangladesh|BE3vfc:Belgium|\
    BF0n:Burkina Faso|BG3v:Bulgaria|BH2v:Bahrain|BI0n:Burundi|BJ0n:Benin|BL4:Saint Barthélemy|\
    BM4n:Bermuda|BN2:Brunei|BO6vn:Bolivia|BQ4:Bonaire, Saint Eustatius and Saba|BR6s:Brazil|\
    BS4vn:Bahamas|BT2:Bhutan|BV1:Bouvet Island|BW0n:Botswana|BY3v:Belarus|BZ4n:Belize|\
    CA4s:Canada|CC2:Cocos (Keeling) Islands|CD0n:Congo (Kinshasa)|CF0n:Central African Republic|\
    CG0n:Congo (Brazzaville)|CH3fc:Switzerland|CI0n:Ivory Coast|CK5n:Cook Islands|CL6vsn:Chile|\
    CM0n:Cameroon|CN2sc:China|CO6vs:Colombia|CR4s:Costa Rica|CU4:Cuba|CV0:Cape Verde|\
    CW4:Curaçao|CX2:Christmas Island|CY2v:Cyprus|CZ3vfct:Czech Republic|DE3vfc:Germany|\
    DJ0n:Djibouti|DK3vfc:Denmark|DM4n:Dominica|DO4t:Dominican Republic|DZ0:Algeria|\
    EC6vs:Ecuador|EE3vfc:Estonia|EG0v:Egypt|EH0:Western Sahara|ER0n:Eritrea|ES3vsf:Spain|\
    ET0v:Ethiopia|FI3vfc:Finland|FJ5vn:Fiji|FK6:Falkland Islands|FM5:Micronesia|\
    FO3v:Faroe Islands|FR3vf:France|GA0:Gabon|GB3vt:United Kingdom (UK)|GD4n:Grenada|\
    GE2:Georgia|GF6:French Guiana|GG3:Guernsey|GH0vn:Ghana|GI3:Gibraltar|GL4:Greenland|\
    GM0vn:Gambia|GN0n:Guinea|GP4:Guadeloupe|GQ0n:Equatorial Guinea|GR3vc:Greece|\
    GS1:South Georgia/Sandwich Islands|GT4vs:Guatemala|GU5:Guam|GW0:Guinea-Bissau|GY6n:Guyana|\
    HK2n:Hong Kong|HM1:Heard Island and McDonald Islands|HN4:Honduras|HR3v:Croatia|HT4:Haiti|\
    HU3vf:Hungary|ID2s:Indonesia|IE3vsn:Ireland|IL2vfc:Israel|IM3v:Isle of Man|IN2s:India|\
    IO2:British Indian Ocean Territory|IQ2:Iraq|IR2v:Iran|IS3vfc:Iceland|IT3vsf:Italy|\
    JE3:Jersey|JM4n:Jamaica|JO2:Jordan|JP2s:Japan|KE0n:Kenya|KG2:Kyrgyzstan|KH2:Cambodia|\
    KI5n:Kiribati|KM0n:Comoros|KN4vn:Saint Kitts and Nevis|KP2n:North Korea|KR2v:South Korea|\
    KW2:Kuwait|KY4:Cayman Islands|KZ2v:Kazakhstan|LA2:Laos|LB2:Lebanon|LC4n:Saint Lucia|\
    LI3fc:Liechtenstein|LK2v:Sri Lanka|LR0:Liberia|LS0:Lesotho|LT3v:Lithuania|LU3v:Luxembourg|\
    LV3v:Latvia|LY0:Libya|MA0:Morocco|MC3v:Monaco|MD3v:Moldova|ME3v:Montenegro|\
    MF4:Saint Martin (French part)|MG0:Madagascar|MH5:Marshall Islands|MK3v:North Macedonia|\
    ML0n:Mali|MM2:Myanmar|MN2v:Mongolia|MO2n:Macao|MP5:Northern Mariana Islands|MQ4:Martinique|\
    MR0n:Mauritania|MS4n:Montserrat|MT3v:Malta|MU0vn:Mauritius|MV2:Maldives|MW0n:Malawi|\
    MX4vs:Mexico|MY2s:Malaysia|MZ0n:Mozambique|NA0v:Namibia|NC5:New Caledonia|NE0:Niger|\
    NF5:Norfolk Island|NG0vsn:Nigeria|NI4:Nicaragua|NL3vfct:Netherlands|NO3vfc:Norway|\
    NP2v:Nepal|NR5n:Nauru|NU5n:Niue|NZ5:New Zealand|OM2:Oman|PA4n:Panama|PE6sn:Peru|\
    PF5:French Polynesia|PG5:Papua New Guinea|PH2st:Philippines|PK2:Pakistan|PL3vfc:Poland|\
    PM4:Saint Pierre and Miquelon|PN5:Pitcairn|PR4:Puerto Rico|PS2v:Palestinian Territory|\
    PT3vc:Portugal|PW5:Belau|PY6v:Paraguay|QA2n:Qatar|RE0:Reunion|RO3vs:Romania|RS3vfc:Serbia|\
    RU3v:Russia|RW0vn:Rwanda|SA2v:Saudi Arabia|SB5n:Solomon Islands|SC0n:Seychelles|SD0:Sudan|\
    SE3vfc:Sweden|SG2:Singapore|SH0:Saint Helena|SI3vfc:Slovenia|SJ3:Svalbard and Jan Mayen|\
    SK3vfc:Slovakia|SL0n:Sierra Leone|SM3:San Marino|SN0:Senegal|SO0n:Somalia|SR6n:Suriname|\
    SS0:South Sudan|ST0n:São Tomé and Príncipe|SV4v:El Salvador|SX4:Saint Martin (Dutch part)|\
    SY2n:Syria|SZ0:Eswatini|TC4:Turks and Caicos Islands|TD0n:Chad|\
    TF1:French Southern Territories|TG0:Togo|TH2vs:Thailand|TJ2:Tajikistan|TK5n:Tokelau|\
    TL2n:Timor-Leste|TM2:Turkmenistan|TN0:Tunisia|TO5n:Tonga|TR2vsf:Türkiye|\
    TT4n:Trinidad and Tobago|TV5n:Tuvalu|TW2:Taiwan|TZ0:Tanzania|UA3v:Ukraine|UG0n:Uganda|\
    UM5:United States (US) Minor Outlying Islands|US4st:United States (US)|UY6v:Uruguay|\
    UZ2v:Uzbekistan|VA3:Vatican|VC4:Saint Vincent and the Grenadines|VE6vs:Venezuela|\
    VG4:Virgin Islands (British)|VI4:Virgin Islands (US)|VN2vf:Vietnam|VU5n:Vanuatu|\
    WF5:Wallis and Futuna|WS5:Samoa|XK3v:|YE2n:Yemen|YT0:Mayotte|ZA0vs:South Africa|ZM0:Zambia|\
    ZW0n:Zimbabwe";

/// The continents in the order of their digits.
const CONTINENTS: &str = "AF AN AS EU NA OC SA";

/// Japan's prefectures in the order of their codes `JP01` to `JP47`; the one country whose
/// addresses are printed with the state's name and whose states are always codes.
const PREFECTURES: &str = "Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa";

/// What is special about a country, and its name: found by halving the table.
fn find(code: &str) -> Option<(&'static str, &'static str)> {
    let mut rows = COUNTRIES;
    loop {
        let middle = rows.floor_char_boundary(rows.len() / 2);
        let row_from = rows.get(..middle)?.rfind('|').map_or(0, |end| end + 1);
        let (before, rest) = rows.split_at_checked(row_from)?;
        let (row, after) = rest.split_once('|').unwrap_or((rest, ""));
        let (known, row) = row.split_at_checked(2)?;
        rows = match known.cmp(code) {
            Ordering::Less => after,
            Ordering::Equal => return row.split_once(':'),
            Ordering::Greater => before,
        };
    }
}

fn has(code: &str, letter: char) -> bool {
    find(code).is_some_and(|(special, _)| special.contains(letter))
}

/// The continent a country lies on.
pub fn continent(country: &str) -> Option<&'static str> {
    let place = find(country)?.0.chars().next()?.to_digit(10)?;
    CONTINENTS.split(' ').nth(place.try_into().ok()?)
}

/// Whether an address in this country is incomplete without a state.
pub fn requires_state(country: &str) -> bool {
    has(country, 's')
}

/// Whether an address in this country is incomplete without a postcode.
pub fn requires_postcode(country: &str) -> bool {
    !has(country, 'n')
}

/// A country's name; the code itself where it is unknown.
pub fn name(code: &str) -> &str {
    find(code).map(|(_, name)| name).filter(|name| !name.is_empty()).unwrap_or(code)
}

/// The code of every country.
pub fn codes() -> impl Iterator<Item = &'static str> {
    COUNTRIES.split('|').filter(|row| !row.ends_with(':')).filter_map(|row| row.get(..2))
}

/// Whether a country exists.
pub fn exists(code: &str) -> bool {
    find(code).is_some_and(|(_, name)| !name.is_empty())
}

/// A country's name inside a sentence: `the United States (US)`.
pub fn name_in_sentence(code: &str) -> String {
    format!("{}{}", if has(code, 't') { "the " } else { "" }, name(code))
}

/// `VAT` or `Tax`, by the shop's country.
pub fn tax_name(base_country: &str) -> &'static str {
    if has(base_country, 'v') { "VAT" } else { "Tax" }
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
    } else if has(country, 'f') {
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
        _ if has(country, 'c') => "1;2;postcode city;country",
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
