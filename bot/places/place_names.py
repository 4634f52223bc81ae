"""What people call places where CLDR has another word for it, and the words around a place in a sentence.

Names are compared as `bot.places.folding.folded` leaves them, so case, accents and dots do not matter here.
"""

from bot.places.folding import folded

ALSO_CALLED: dict[str, str] = {
    # As people there write it themselves.
    "AE": "UAE, الإمارات, Emirates, VAE, EAU, ОАЭ",
    "AL": "Shqipëri, Shqipëria",
    "AM": "Հայաստան",
    "AT": "Österreich, Oesterreich",
    "AZ": "Azərbaycan",
    "BA": "Bosna i Hercegovina, Bosna, BiH",
    "BD": "বাংলাদেশ",
    "BE": "België, Belgique, Belgien",
    "BG": "България",
    "BH": "البحرين",
    "BJ": "Bénin",
    "BR": "Brasil, Brésil",
    "BY": "Беларусь, Белоруссия, Belorussia, Byelorussia",
    "CF": "Centrafrique, CAR",
    "CH": "Schweiz, Suisse, Svizzera, Svizra, Swiss",
    "CI": "Ivory Coast",
    "CM": "Cameroun",
    "CN": "中国, 中國, Mainland China",
    "CV": "Cabo Verde",
    "CY": "Κύπρος, Kıbrıs",
    "CZ": "Czech Republic, Česko, Česká republika, Tschechei, Чехия",
    "DE": "Deutschland",
    "DK": "Danmark",
    "DO": "República Dominicana",
    "DZ": "الجزائر",
    "EE": "Eesti, Эстония",
    "EG": "مصر",
    "ES": "España, Espanya, Espainia",
    "ET": "ኢትዮጵያ",
    "FI": "Suomi",
    "FO": "Føroyar, Færøerne",
    "GE": "საქართველო, Sakartvelo, Грузия",
    "GL": "Kalaallit Nunaat, Grønland",
    "GR": "Ελλάδα, Hellas, Ellada",
    "HR": "Hrvatska",
    "HU": "Magyarország",
    "IE": "Éire, Republic of Ireland, Southern Ireland",
    "IL": "ישראל, إسرائيل",
    "IN": "भारत, Bharat, Hindustan",
    "IQ": "العراق",
    "IR": "ایران, Persia",
    "IS": "Ísland",
    "IT": "Italia",
    "JO": "الأردن",
    "JP": "日本, にほん, Nippon, Nihon",
    "KE": "Kenia",
    "KG": "Кыргызстан, Киргизия, Kirghizia",
    "KH": "កម្ពុជា",
    "KP": "북한, DPRK",
    "KR": "대한민국, 한국, Korea, Republic of Korea, ROK",
    "KW": "الكويت",
    "KZ": "Қазақстан, Казахстан",
    "LA": "ລາວ",
    "LB": "لبنان, Liban",
    "LK": "ශ්‍රී ලංකාව, இலங்கை, Ceylon",
    "LT": "Lietuva, Литва",
    "LU": "Lëtzebuerg, Luxemburg",
    "LV": "Latvija, Латвия",
    "LY": "ليبيا",
    "MA": "المغرب, Maroc",
    "MD": "Moldavia, Молдавия, Молдова",
    "ME": "Crna Gora, Црна Гора",
    "MG": "Madagasikara",
    "MK": "Macedonia, Makedonija, Македонија, Северна Македонија",
    "MM": "မြန်မာ, Burma, Birma",
    "MN": "Монгол, Монголия",
    "MX": "México, Mejico",
    "MZ": "Moçambique",
    "NL": "Nederland, Holland, Hollande, Holanda, Голландия, Olanda",
    "NO": "Norge, Noreg",
    "NP": "नेपाल",
    "NZ": "Aotearoa",
    "OM": "عمان",
    "PH": "Pilipinas, Filipinas, Philippinen",
    "PK": "پاکستان",
    "PL": "Polska, Polen",
    "PS": "Palestine, Palestina, Palästina, فلسطين, Палестина, West Bank, Gaza Strip",
    "QA": "قطر",
    "RO": "România, Rumania",
    "RS": "Srbija, Србија",
    "RU": "Россия, Russian Federation, РФ, Российская Федерация, Rossiya",
    "SA": "السعودية, Saudi, KSA",
    "SD": "السودان",
    "SE": "Sverige",
    "SI": "Slovenija",
    "SK": "Slovensko",
    "SO": "Soomaaliya",
    "SY": "سوريا",
    "SZ": "Swaziland",
    "TH": "ไทย, ประเทศไทย",
    "TJ": "Тоҷикистон, Таджикистан",
    "TL": "East Timor",
    "TM": "Türkmenistan",
    "TN": "تونس, Tunisie",
    "TR": "Turkey, Türkiye",
    "TT": "Trinidad, Tobago",
    "TW": "台灣, 台湾, 臺灣",
    "UA": "Україна, Украина, Ukraina",
    "UZ": "Oʻzbekiston, Узбекистан",
    "VN": "Việt Nam",
    "XK": "Kosovë, Kosova",
    "YE": "اليمن",
    "ZA": "Suid-Afrika, RSA",
    # What the many-worded ones are called for short.
    "AG": "Antigua, Barbuda",
    "BS": "The Bahamas",
    "CC": "Cocos Islands",
    "CD": "DRC, RDC, DR Congo, RD Congo, Democratic Republic of the Congo, Congo Kinshasa, Zaire",
    "CG": "Republic of the Congo, Congo Brazzaville",
    "FK": "Malvinas, Falklands",
    "FM": "Federated States of Micronesia",
    "HK": "Hong Kong, 香港",
    "KN": "Saint Kitts, Nevis",
    "MO": "Macau, Macao, 澳門, 澳门",
    "ST": "São Tomé",
    "TC": "Turks and Caicos",
    "US": (
        "USA, US of A, United States of America, America, The States, Stateside, EEUU, EE UU, Amerika"
        ", Amérique, États-Unis d'Amérique, Америка, США, Штаты, Штатах, Estados Unidos de América"
        ", Vereinigte Staaten von Amerika"
    ),
    "VA": "Vatican, Holy See",
    "VC": "Saint Vincent",
    # Parts of a country that people name instead of it.
    "GB": (
        "UK, Great Britain, Britain, England, Scotland, Wales, Cymru, Northern Ireland, Ulster"
        ", Großbritannien, Schottland, Nordirland, Angleterre, Grande-Bretagne, Écosse"
        ", Pays de Galles, Irlande du Nord"
        ", Inglaterra, Gran Bretaña, Escocia, Gales, Irlanda del Norte, Англия, Британия, Шотландия, Уэльс"
        ", Северная Ирландия"
    ),
}

REGIONS: dict[str, str] = {
    "AU": "New South Wales, Queensland, Tasmania, Western Australia, South Australia, Northern Territory",
    "CA": (
        "Alberta, British Columbia, Manitoba, New Brunswick, Newfoundland, Nova Scotia, Ontario"
        ", Prince Edward Island, Quebec, Québec, Saskatchewan, Yukon, Nunavut, Northwest Territories"
    ),
    "DE": "Bavaria, Bayern, Saxony, Sachsen, Hesse, Hessen, Brandenburg, Thüringen, Nordrhein-Westfalen, NRW",
    "ES": (
        "Catalonia, Cataluña, Catalunya, Andalusia, Andalucía, Basque Country, País Vasco, Euskadi, Galicia"
        ", Canary Islands, Canarias, Islas Canarias, Kanaren, Tenerife, Mallorca, Majorca, Ibiza"
    ),
    "FR": "Brittany, Bretagne, Normandy, Normandie, Provence, Alsace, Corsica, Corse",
    "GR": "Crete",
    "ID": "Bali, Java, Sumatra",
    "IT": "Sicily, Sicilia, Sardinia, Sardegna, Tuscany, Toscana, Lombardia",
    "PT": "Azores, Açores, Madeira",
    "RU": "Siberia, Сибирь",
    "TZ": "Zanzibar",
    "US": "New England, Washington DC, California, Kalifornien, Hawaii, Florida, Texas",
}
"""Regions well known by themselves; the states of the US are read from GeoNames."""

SHARED: dict[str, tuple[str, ...]] = {
    "congo": ("CD", "CG"),
    "kongo": ("CD", "CG"),
    "конго": ("CD", "CG"),
    "virgin islands": ("VI", "VG"),
    "samoa": ("WS", "AS"),
    "saint martin": ("MF", "SX"),
    "granada": ("ES", "GD"),
    "guadalupe": ("MX", "GP"),
}
"""Names of several countries, and of a country and a bigger city elsewhere: the person is asked."""

NOWHERE = (
    "North America, South America, Latin America, Central America, Sudamérica, América Latina"
    ", América del Sur, Südamerika, Lateinamerika, Amérique du Sud, Amérique latine"
    ", Южная Америка, Латинская Америка, Middle East, West Indies, Little Britain"
)
"""Names that contain a country's name and mean no country."""

NEVER_CODES = frozenset({"no", "si", "la"})
"""Norway and Slovenia: "no" and "si" are answers in many languages. Laos: LA is Los Angeles."""


def _folded_words(lines: str) -> frozenset[str]:
    return frozenset(folded(lines).split())


EVERYDAY = _folded_words("""
    ad ae ai al am an and are arm as at au ba be by can cc ci co cu da de di do er es et fm for ge
    gm ie im in is it ki la ly ma me mr ms mu my na ne ni nu om os pa pe per pm se ser so st sur tu
    to tv ve ya
""")
"""Words that are codes of countries too: they count as codes only in capital letters."""

AROUND = _folded_words("""
    a i im am an the live lives living in from of at near nearby close to by around outside just
    here now currently right based stay staying located town city village area region suburb suburbs
    somewhere small big my our its it is he country state time zone timezone we are were was born
    and but originally think well hi hello please thanks thank you there ok okay north south east
    west northern southern eastern western ich wir bin sind wohne wohnen lebe leben komme aus bei
    der die das dem den des nahe nähe im von vom zur zum stadt dorf gerade hier jetzt momentan
    derzeit umgebung raum kleine kleinen yo vivo vivimos soy estoy somos en de del la el los las
    cerca desde ciudad pueblo ahora aquí un una moro em do da no na perto cidade agora je j nous vis
    vivons habite habitons suis viens d à au aux du les le l près ville ici maintenant actuellement
    côté une я мы живу живём нахожусь сейчас тут здесь в во из под около рядом с со возле недалеко
    от города город городе
""")
"""Words that stand around a place and are none; dropped from both ends before it is looked up."""

BEFORE_A_CITY = _folded_words("""
    in near from at around outside by to bei aus nahe nähe en cerca desde à près vers em perto в во
    из около под возле
""")
"""A city in the middle of a longer sentence is believed only behind one of these."""

SHORT = frozenset({"nyc", "la", "sf", "dc", "kl", "hk", "rio"})
"""Cities called by two or three letters. GeoNames has many more, airports, and some are words ("yes")."""

PROVINCES = {
    "01": "Alberta, AB",
    "02": "British Columbia, BC",
    "03": "Manitoba, MB",
    "04": "New Brunswick, NB",
    "05": "Newfoundland, Newfoundland and Labrador, NL",
    "07": "Nova Scotia, NS",
    "08": "Ontario, ON",
    "09": "Prince Edward Island, PE, PEI",
    "10": "Quebec, Québec, QC",
    "11": "Saskatchewan, SK",
    "12": "Yukon, YT",
    "13": "Northwest Territories, NT",
    "14": "Nunavut, NU",
}
"""GeoNames numbers the provinces of Canada; people write them behind a city ("London, Ontario")."""
