/**
 * Countries as ISO 3166-1 has them: the alpha-2 code is stored and compared, the English name is for people. Names come
 * from the platform's own tables (CLDR), so that nobody keeps a list of names here.
 */

/** Each alpha-2 code with its alpha-3 code, run together. */
const CODES = `
  ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
  BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
  BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR
  CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
  FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
  GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
  ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
  LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
  MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER
  NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
  PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP
  SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF
  TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY
  UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
`;

const BY_ALPHA_3 = new Map(
  CODES.trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(2), pair.slice(0, 2)]),
);

/** The 249 alpha-2 codes of ISO 3166-1. */
export const COUNTRY_CODES: readonly string[] = [...BY_ALPHA_3.values()];
const KNOWN = new Set(COUNTRY_CODES);

const NAMES = new Intl.DisplayNames(['en'], { type: 'region' });

/** The English name of an alpha-2 code: `Kenya` for KE. */
export function countryName(code: string): string {
  return NAMES.of(code) ?? code;
}

/** Other names in use, official, former and short ones; words in any order, as `wordsOf` compares them. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE'],
  BN: ['Brunei Darussalam'],
  BO: ['Plurinational State of Bolivia'],
  BQ: ['Bonaire, Sint Eustatius and Saba'],
  CD: ['Democratic Republic of the Congo', 'DR Congo', 'DRC', 'Congo (DRC)', 'Congo Kinshasa', 'Zaire'],
  CG: ['Congo', 'Congo Republic'],
  CI: ['Ivory Coast'],
  CN: ['People’s Republic of China', 'PRC'],
  CV: ['Cabo Verde'],
  CZ: ['Czech Republic'],
  FK: ['Falkland Islands (Malvinas)'],
  FM: ['Federated States of Micronesia'],
  GB: [
    'UK',
    'Great Britain',
    'Britain',
    'United Kingdom of Great Britain and Northern Ireland',
    'England',
    'Scotland',
    'Wales',
    'Northern Ireland',
  ],
  GM: ['Republic of the Gambia'],
  HK: ['Hong Kong', 'Hong Kong SAR'],
  HM: ['Heard Island and McDonald Islands'],
  KP: ['Democratic People’s Republic of Korea', 'DPRK'],
  KR: ['Republic of Korea', 'Korea'],
  LA: ['Lao People’s Democratic Republic', 'Lao PDR'],
  MF: ['Saint Martin (French part)'],
  MK: ['Macedonia', 'FYROM'],
  MM: ['Myanmar', 'Burma'],
  MO: ['Macao', 'Macau', 'Macao SAR'],
  NL: ['Holland'],
  PN: ['Pitcairn'],
  PS: ['Palestine', 'State of Palestine'],
  RU: ['Russian Federation'],
  SH: ['Saint Helena, Ascension and Tristan da Cunha'],
  ST: ['Sao Tome'],
  SX: ['Sint Maarten (Dutch part)'],
  SY: ['Syrian Arab Republic'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey'],
  TW: ['Republic of China', 'Taiwan, Province of China'],
  TZ: ['United Republic of Tanzania'],
  UM: ['United States Minor Outlying Islands'],
  US: ['USA', 'United States of America'],
  VA: ['Holy See', 'Holy See (Vatican City State)', 'Vatican'],
  VE: ['Bolivarian Republic of Venezuela'],
  VG: ['Virgin Islands (British)'],
  VI: ['Virgin Islands of the United States'],
  VN: ['Viet Nam'],
};

/** Words that tell no two countries apart. */
const SMALL_WORDS = new Set(['the', 'of', 'and']);
/** Titles to look past where the whole name is not known: `Republic of Kenya`. */
const TITLES = new Set(['republic', 'kingdom', 'federal', 'islamic']);

const BY_NAME = new Map<string, string>();
for (const code of COUNTRY_CODES) {
  for (const name of [countryName(code), ...(OTHER_NAMES[code] ?? [])]) BY_NAME.set(wordsOf(name).join(' '), code);
}

/**
 * The alpha-2 code of a country given as its English name, a common variant of that, or an ISO 3166-1 code of two or
 * three letters, in any case; null for anything else.
 */
export function countryCodeOf(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (KNOWN.has(code)) return code;
  const words = wordsOf(text);
  const named = (some: readonly string[]): string | undefined => BY_NAME.get(some.join(' '));
  return BY_ALPHA_3.get(code) ?? named(words) ?? named(words.filter((word) => !TITLES.has(word))) ?? null;
}

/** A name as words without accents, in one order: `Korea, Republic of` and `Republic of Korea` are one name. */
function wordsOf(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}|[’'.]/gu, '')
    .toLowerCase()
    .replace(/\bsaint\b/g, 'st')
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && !SMALL_WORDS.has(word))
    .sort();
}
