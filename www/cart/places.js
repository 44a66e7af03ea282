// Countries to choose from where the shop names none, and the regions of those that tax by region.

export const COUNTRIES = ["US", "CA", "GB", "IE", "DE", "AT", "FR", "NL"];

const US =
  "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming";
const CA =
  "AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NT Northwest Territories,NS Nova Scotia,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon";

const list = (text) => text.split(",").map((entry) => [entry.slice(0, 2), entry.slice(3)]);

export const REGIONS = {
  US: { label: "State", list: list(US) },
  CA: { label: "Province", list: list(CA) },
};

const names = new Intl.DisplayNames(["en"], { type: "region" });

export const countryName = (code) => names.of(code) ?? code;
export const regionName = (country, code) => REGIONS[country]?.list.find(([own]) => own === code)?.[1] ?? code;
