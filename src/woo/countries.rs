//! What WooCommerce knows of countries: names, address formats, how tax is called.

use super::{builtin, find};
use std::cmp::Ordering;

/// Every country, in the order of their codes: its code, its continent's place in [`CONTINENTS`],
/// letters for what is special there, and its name as WooCommerce has it. Kosovo, without a name,
/// is no country to WooCommerce, and still on one of its lists.
///
/// - `v`: it says VAT (the countries of the European Union by tax, and those of
///   `spec/woocommerce-cart.md` 4.10)
/// - `s`, `n`: an address is complete without a state; without a postcode
/// - `f`: at the checkout the postcode comes before the city
/// - `c`: its addresses read `postcode city`
/// - `t`: in a sentence it has an article
const COUNTRIES: &str = "AD3:Andorra|AE2vsnt:United Arab Emirates|AF2s:Afghanistan|\
    AG4:Antigua and Barbuda|AI4:Anguilla|AL3v:Albania|AM2:Armenia|AO0n:Angola|AQ1:Antarctica|\
    AR6v:Argentina|AS5:American Samoa|AT3vsfc:Austria|AU5:Australia|AW4:Aruba|\
    AX3sf:Åland Islands|AZ2v:Azerbaijan|BA3sf:Bosnia and Herzegovina|BB4v:Barbados|\
    BD2n:Bangladesh|BE3vsfc:Belgium|BF0:Burkina Faso|BG3vs:Bulgaria|BH2vsn:Bahrain|BI0s:Burundi|\
    BJ0:Benin|BL4:Saint Barthélemy|BM4:Bermuda|BN2:Brunei|BO6vn:Bolivia|\
    BQ4:Bonaire, Saint Eustatius and Saba|BR6:Brazil|BS4vn:Bahamas|BT2:Bhutan|BV1:Bouvet Island|\
    BW0:Botswana|BY3v:Belarus|BZ4sn:Belize|CA4:Canada|CC2:Cocos (Keeling) Islands|\
    CD0:Congo (Kinshasa)|CF0:Central African Republic|CG0:Congo (Brazzaville)|\
    CH3sfc:Switzerland|CI0:Ivory Coast|CK5:Cook Islands|CL6vn:Chile|CM0:Cameroon|CN2:China|\
    CO6vn:Colombia|CR4:Costa Rica|CU4:Cuba|CV0:Cape Verde|CW4sn:Curaçao|CX2:Christmas Island|\
    CY2vs:Cyprus|CZ3vsct:Czech Republic|DE3vsfc:Germany|DJ0:Djibouti|DK3vsfc:Denmark|\
    DM4:Dominica|DO4t:Dominican Republic|DZ0:Algeria|EC6v:Ecuador|EE3vsfc:Estonia|EG0v:Egypt|\
    EH0:Western Sahara|ER0:Eritrea|ES3vf:Spain|ET0vs:Ethiopia|FI3vsfc:Finland|FJ5v:Fiji|\
    FK6:Falkland Islands|FM5:Micronesia|FO3v:Faroe Islands|FR3vsf:France|GA0:Gabon|\
    GB3vst:United Kingdom (UK)|GD4:Grenada|GE2:Georgia|GF6s:French Guiana|GG3s:Guernsey|\
    GH0vn:Ghana|GI3:Gibraltar|GL4:Greenland|GM0v:Gambia|GN0:Guinea|GP4s:Guadeloupe|\
    GQ0:Equatorial Guinea|GR3vs:Greece|GS1:South Georgia/Sandwich Islands|GT4vn:Guatemala|\
    GU5:Guam|GW0:Guinea-Bissau|GY6:Guyana|HK2n:Hong Kong|HM1:Heard Island and McDonald Islands|\
    HN4:Honduras|HR3v:Croatia|HT4:Haiti|HU3vs:Hungary|ID2:Indonesia|IE3vn:Ireland|\
    IL2vsf:Israel|IM3vs:Isle of Man|IN2:India|IO2:British Indian Ocean Territory|IQ2:Iraq|\
    IR2v:Iran|IS3vsfc:Iceland|IT3vf:Italy|JE3:Jersey|JM4n:Jamaica|JO2:Jordan|JP2:Japan|\
    KE0:Kenya|KG2:Kyrgyzstan|KH2:Cambodia|KI5:Kiribati|KM0:Comoros|KN4vn:Saint Kitts and Nevis|\
    KP2:North Korea|KR2vs:South Korea|KW2s:Kuwait|KY4:Cayman Islands|KZ2v:Kazakhstan|LA2:Laos|\
    LB2s:Lebanon|LC4:Saint Lucia|LI3sfc:Liechtenstein|LK2vs:Sri Lanka|LR0:Liberia|LS0:Lesotho|\
    LT3v:Lithuania|LU3vs:Luxembourg|LV3vs:Latvia|LY0:Libya|MA0:Morocco|MC3v:Monaco|MD3v:Moldova|\
    ME3v:Montenegro|MF4s:Saint Martin (French part)|MG0:Madagascar|MH5:Marshall Islands|\
    MK3v:North Macedonia|ML0:Mali|MM2:Myanmar|MN2v:Mongolia|MO2:Macao|\
    MP5:Northern Mariana Islands|MQ4s:Martinique|MR0:Mauritania|MS4:Montserrat|MT3vs:Malta|\
    MU0v:Mauritius|MV2:Maldives|MW0:Malawi|MX4v:Mexico|MY2:Malaysia|MZ0n:Mozambique|\
    NA0v:Namibia|NC5:New Caledonia|NE0:Niger|NF5:Norfolk Island|NG0vn:Nigeria|NI4:Nicaragua|\
    NL3vsfct:Netherlands|NO3vsfc:Norway|NP2vn:Nepal|NR5:Nauru|NU5:Niue|NZ5s:New Zealand|\
    OM2:Oman|PA4:Panama|PE6:Peru|PF5:French Polynesia|PG5:Papua New Guinea|PH2t:Philippines|\
    PK2:Pakistan|PL3vsfc:Poland|PM4:Saint Pierre and Miquelon|PN5:Pitcairn|PR4s:Puerto Rico|\
    PS2v:Palestinian Territory|PT3vsc:Portugal|PW5:Belau|PY6v:Paraguay|QA2:Qatar|RE0s:Reunion|\
    RO3v:Romania|RS3vsc:Serbia|RU3v:Russia|RW0vs:Rwanda|SA2v:Saudi Arabia|SB5:Solomon Islands|\
    SC0:Seychelles|SD0:Sudan|SE3vsfc:Sweden|SG2s:Singapore|SH0:Saint Helena|SI3vsfc:Slovenia|\
    SJ3:Svalbard and Jan Mayen|SK3vsfc:Slovakia|SL0:Sierra Leone|SM3:San Marino|SN0:Senegal|\
    SO0:Somalia|SR6n:Suriname|SS0:South Sudan|ST0n:São Tomé and Príncipe|SV4v:El Salvador|\
    SX4:Saint Martin (Dutch part)|SY2:Syria|SZ0:Eswatini|TC4:Turks and Caicos Islands|TD0:Chad|\
    TF1:French Southern Territories|TG0:Togo|TH2v:Thailand|TJ2:Tajikistan|TK5:Tokelau|\
    TL2:Timor-Leste|TM2:Turkmenistan|TN0:Tunisia|TO5:Tonga|TR2vf:Türkiye|\
    TT4:Trinidad and Tobago|TV5:Tuvalu|TW2:Taiwan|TZ0:Tanzania|UA3v:Ukraine|UG0n:Uganda|\
    UM5:United States (US) Minor Outlying Islands|US4t:United States (US)|UY6v:Uruguay|\
    UZ2v:Uzbekistan|VA3:Vatican|VC4:Saint Vincent and the Grenadines|VE6v:Venezuela|\
    VG4:Virgin Islands (British)|VI4:Virgin Islands (US)|VN2vsnf:Vietnam|VU5:Vanuatu|\
    WF5:Wallis and Futuna|WS5n:Samoa|XK3v:|YE2:Yemen|YT0s:Mayotte|ZA0v:South Africa|ZM0:Zambia|\
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
        let row_from =
            find::rsplit_once(rows.get(..middle)?, "|").map_or(0, |(rows, _)| rows.len() + 1);
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
    find(code).is_some_and(|(special, _)| find::has(special, letter))
}

/// The continent a country lies on.
pub fn continent(country: &str) -> Option<&'static str> {
    let place = find(country)?.0.chars().next()?.to_digit(10)?;
    CONTINENTS.split(' ').nth(place.try_into().ok()?)
}

/// Whether an address in this country is incomplete without a state.
pub fn requires_state(country: &str) -> bool {
    !has(country, 's')
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

/// The order of an address's fields where the postcode comes before the city; the reference's.
pub const POSTCODE_FIRST: &str =
    "first_name last_name company country address_1 address_2 postcode city state";

/// The order of an address's fields at the checkout, by the country's locale: their names with a
/// space between them. Phone and e-mail address follow in every country.
pub fn address_order(country: &str) -> &'static str {
    match country {
        "JP" => "last_name first_name company country postcode state city address_1 address_2",
        "HU" => "last_name first_name company country postcode city address_1 address_2 state",
        "IR" => "first_name last_name company country state city address_1 address_2 postcode",
        _ if has(country, 'f') => POSTCODE_FIRST,
        _ => "first_name last_name company country address_1 address_2 city state postcode",
    }
}

/// How a country's address lines read; `;` separates lines. Names and companies are left out,
/// since a shipping destination has none.
fn format_of(country: &str) -> &'static str {
    match country {
        "AU" => "1;2;city state postcode;country",
        "CA" => "1;2;city state_code postcode;country",
        "CL" => "1;2;state;postcode city;country",
        "CN" => "country postcode;state, city, 2, 1",
        "ES" => "1;2;postcode city;state;country",
        "FR" => "1;2;postcode city_upper;country",
        "HK" => "1;2;city_upper;state_upper;country",
        "HU" => "city;1;2;postcode;country",
        "IN" => "1;2;city postcode;state, country",
        "IT" => "1;2;postcode;city;state_upper;country",
        "JM" => "1;2;city;state;postcode_upper;country",
        "JP" => "postcode;state city 1;2;country",
        "NZ" => "1;2;city postcode;country",
        "PR" => "1 2;city;country postcode",
        "TR" => "1;2;postcode city state;country",
        "TW" => "1;2;state, city postcode;country",
        "UG" => "1;2;city;state, country",
        "US" => "1;2;city, state_code postcode;country",
        "VN" => "1;city;country",
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
                "city_upper" => builtin::upper(address.city),
                "state" => state.to_owned(),
                "state_upper" => builtin::upper(state),
                "state_code" => builtin::upper(address.state),
                "postcode" => address.postcode.to_owned(),
                "postcode_upper" => address.postcode.to_ascii_uppercase(),
                _ => country.to_owned(),
            };
            value + comma
        });
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        find::join(&words, " ").trim_matches([',', ' ']).to_owned()
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    find::join(&lines, ", ")
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
            // by WooCommerce's own list
            (
                at("CN", "Beijing", "100000", "Haidian"),
                "China 100000, Beijing, Haidian, , 1 Test Way",
            ),
            (at("GR", "I", "105 57", "Athens"), "1 Test Way, Athens, I, 105 57, Greece"),
            (at("LV", "", "LV-1010", "Riga"), "1 Test Way, Riga, LV-1010, Latvia"),
            (at("PR", "", "00901", "San Juan"), "1 Test Way, San Juan, Puerto Rico 00901"),
            (at("SG", "", "018956", ""), "1 Test Way, 018956, Singapore"),
            (at("TW", "", "106", "Taipei"), "1 Test Way, Taipei 106, Taiwan"),
            (at("US", "ny", "10001", "New York"), "1 Test Way, New York, NY 10001"),
        ] {
            assert_eq!(one_line(address, "US"), line);
        }
        let state_only = AddressLines { country: "US", state: "CA", ..AddressLines::default() };
        assert_eq!(one_line(state_only, "US"), "CA");
        assert_eq!(name_in_sentence("US"), "the United States (US)");
        assert_eq!(tax_name("GB"), "VAT");
        assert_eq!(tax_name("US"), "Tax");
    }

    #[test]
    fn a_country_s_address_has_its_own_order_and_needs() {
        for (country, end) in [
            ("US", "address_1 address_2 city state postcode"),
            ("BA", "address_1 address_2 postcode city state"),
            ("CZ", "address_1 address_2 city state postcode"),
            ("HU", "postcode city address_1 address_2 state"),
            ("JP", "postcode state city address_1 address_2"),
            ("IR", "state city address_1 address_2 postcode"),
        ] {
            let order = address_order(country);
            assert!(order.ends_with(&format!(" country {end}")), "{country}: {order}");
            assert_eq!(order.split(' ').count(), 9, "{country}");
        }
        for (country, state, postcode) in [
            ("US", true, true),
            ("GB", false, true),
            ("IE", true, false),
            ("PL", false, true),
            ("PA", true, true),
            ("GR", false, true),
            ("AE", false, false),
            ("HK", true, false),
            ("EG", true, true),
        ] {
            let needs = (requires_state(country), requires_postcode(country));
            assert_eq!(needs, (state, postcode), "{country}");
        }
    }
}
