/** How numbers of a country are written within it. Windows are folded: ASCII digits, " ", "-", ".", "/", "(" and ")". */
export interface Plan {
  /** Digits a caller inside the country dials, prefix included. */
  digits: readonly [min: number, max: number];
  /** What such digits begin with; numbers without it are local and belong to nobody. */
  dialled: RegExp;
  /** Every number dialled inside the country begins with 0. */
  beginsWithZero?: true;
  /** Ways to group the digits beside a word that calls for them; any way where this is absent. */
  called?: RegExp;
  /** Everyday spellings that need no word beside them. */
  spelled: RegExp;
  /** Digits without any blank that are known as a number even inside a sentence. */
  solid: RegExp;
}

const NEVER = /^(?!)/;
/** What stands between two groups of digits. */
const S = String.raw`(?: ?[-./] ?| )`;
const TRUNK = /^0[1-9]/;
/** "030 231 25 00", "(030) 2312500", "030/231-2500", "03(3214)9111": a prefix with 0, then groups. */
const trunkSpelled = (area: string): RegExp =>
  new RegExp(String.raw`^(?:\(${area}\) ?[-/]? ?|${area}${S})\d{1,8}(?:${S}\d{1,8}){0,5}$`);

const NORTH_AMERICA: Plan = {
  digits: [10, 11],
  dialled: /^1?[2-9]\d\d[2-9]\d{6}$/,
  called: /^1?\d{10}$|^(?:1[ .-]?)?\(?\d{3}\)?[ ./-]{0,3}\d{7}$|^1[ .-]\d{10}$/,
  spelled: new RegExp(
    String.raw`^(?:1(?: ?[-./] ?| )?)?(?:\(\d{3}\)|\d{3})(?: ?[-./] ?| |)\d{3}(?: ?[-./] ?| )\d{4}$`,
  ),
  solid: NEVER,
};
const trunk = (min: number, max: number, more: Partial<Plan> = {}): Plan => ({
  digits: [min, max],
  ...(more.dialled === undefined ? { beginsWithZero: true } : {}),
  dialled: TRUNK,
  spelled: trunkSpelled(String.raw`0\d{1,5}`),
  solid: NEVER,
  ...more,
});
const bare = (digits: number, spelled: RegExp, more: Partial<Plan> = {}): Plan => ({
  digits: [digits, digits],
  dialled: /^[1-9]/,
  spelled,
  solid: NEVER,
  ...more,
});
const THREES = new RegExp(String.raw`^\(?\d{2,3}\)?${S}\d{3}${S}\d{3}$`);
const PAIRS = new RegExp(String.raw`^\d\d(?:${S}\d\d){3}$|^\d{3}${S}\d\d${S}\d{3}$`);

/** By ISO 3166 code; countries that are not here are read by {@link ELSEWHERE}. */
const PLANS: Readonly<Record<string, Plan>> = {
  US: NORTH_AMERICA,
  CA: NORTH_AMERICA,
  PR: NORTH_AMERICA,
  GB: trunk(10, 11, { solid: /^07\d{9}$/ }),
  IE: trunk(8, 10, { solid: /^08[35679]\d{7}$/, dialled: /^0[1-9]|^1[89]00\d{6}$/ }),
  AU: trunk(10, 10, {
    digits: [6, 10],
    dialled: /^0[1-9]\d{8}$|^1[38]00\d{6}$|^13\d{4}$/,
    spelled: new RegExp(
      `${trunkSpelled(String.raw`0\d{1,4}`).source}|^\\(?1[38]00\\)?${S}\\d{3}${S}\\d{3}$`,
    ),
    solid: /^04\d{8}$/,
  }),
  NZ: trunk(9, 11, { solid: /^02\d{7,9}$/ }),
  ZA: trunk(10, 10, { solid: /^0[678]\d{8}$/ }),
  IN: {
    digits: [10, 13],
    dialled: /^0[1-9]\d{9}$|^[6-9]\d{9}$|^1800\d{6,7}$|^1860\d{7}$/,
    spelled: new RegExp(
      `${trunkSpelled(String.raw`0\d{2,4}`).source}|^[6-9]\\d{4}[ -]\\d{5}$|^[6-9]\\d{2}[ -]\\d{3}[ -]\\d{4}$|^[6-9]\\d{3}[ -]\\d{3}[ -]\\d{3}$|^18[06]0[ -]\\d{3}[ -]?\\d{3,4}$`,
    ),
    solid: /^0?[6-9]\d{9}$/,
  },
  DE: trunk(7, 13, { solid: /^01[567]\d{8,9}$/ }),
  AT: trunk(7, 14, { solid: /^06(?:50|6[0-9]|7[0-9]|8[0-9]|99)\d{6,8}$/ }),
  CH: trunk(10, 10, { solid: /^07[5-9]\d{7}$/ }),
  LI: bare(7, new RegExp(String.raw`^\d{3}${S}\d\d${S}\d\d$`)),
  FR: trunk(10, 10, {
    spelled: new RegExp(
      String.raw`^\(?0[1-9]\)?(?:${S}\d\d){4}$|^0[1-9]\d\d${S}\d{3}${S}\d{3}$|^0[1-9]\d\d${S}\d\d${S}\d\d${S}\d\d$|^0 8\d\d${S}\d{3}${S}\d{3}$|^0[1-9]${S}\d\d\d${S}?\d{2,3}${S}?\d{2,3}$`,
    ),
    solid: /^0[1-9]\d{8}$/,
  }),
  BE: trunk(9, 10, { solid: /^04[5-9]\d{7}$/ }),
  NL: trunk(8, 11, {
    spelled: trunkSpelled(String.raw`0\d{1,3}`),
    solid: /^06\d{8}$/,
  }),
  LU: { digits: [6, 11], dialled: /^[2-9]/, spelled: PAIRS, solid: NEVER },
  IT: {
    digits: [6, 12],
    dialled:
      /^0[1-9]\d{5,9}$|^3\d{8,9}$|^80[03]\d{3,6}$|^199\d{6}$|^84[0-8]\d{3,6}$|^89[29]\d{3,6}$/,
    spelled: new RegExp(
      `${trunkSpelled(String.raw`0\d{1,4}`).source}|^3\\d{2}${S}\\d{6,7}$|^3\\d{2}${S}\\d{3}${S}\\d{3,4}$|^3\\d{2}${S}\\d{2}${S}\\d{2}${S}\\d{2,3}$|^800${S}\\d{3}${S}?\\d{3}$`,
    ),
    solid: /^3[2-9]\d{8}$/,
  },
  ES: bare(
    9,
    new RegExp(
      String.raw`^\(?[6789]\d\d\)?${S}\d{3}${S}\d{3}$|^\(?[6789]\d\d\)?(?:${S}\d\d){3}$|^\(?[89]\d\)?${S}\d{3}${S}\d\d${S}\d\d$|^\(?9\d\)?${S}\d{3}${S}?\d{4}$|^[69]\d\d${S}\d{6}$`,
    ),
    { dialled: /^[5-9]/, solid: /^[679]\d{8}$/ },
  ),
  PT: bare(9, new RegExp(String.raw`${THREES.source}|^[29]\d${S}\d{3}${S}\d\d${S}\d\d$`), {
    solid: /^9[1236]\d{7}$/,
  }),
  SE: trunk(8, 11, { spelled: trunkSpelled(String.raw`0\d{1,3}`), solid: /^07[02369]\d{7}$/ }),
  FI: trunk(7, 12, { solid: /^0(?:4\d|50)\d{6,8}$/ }),
  DK: bare(8, PAIRS),
  NO: bare(8, PAIRS),
  PL: bare(9, new RegExp(String.raw`${THREES.source}|^\(?\d\d\)?${S}\d{3}${S}\d\d${S}\d\d$`)),
  CZ: bare(9, THREES),
  JP: trunk(10, 11, {
    spelled:
      /^\(?0\d{1,4}(?:\) ?| ?\( ?|-| )\d{1,4}(?:\) ?|-| )\d{3,4}$|^0\d{1,4}\.\d{1,4}\.\d{4}$/,
    solid: /^0[5789]0\d{8}$/,
  }),
  BR: {
    digits: [8, 12],
    dialled: /^0?[1-9]\d[2-9]\d{7,8}$|^0[358]00\d{6,7}$|^(?:400[34]|300[34])\d{4}$/,
    spelled:
      /^(?:\(0?\d\d\)|0?\d\d) ?-? ?(?:9[ .]?\d{4}|[2-5]\d{3})(?:[ .]?- ?|\.| )\d{4}$|^\(0?\d\d\) ?(?:9\d{8}|[2-5]\d{7})$|^0[358]00[- ]\d{3}[- ]?\d{4}$|^(?:400[34]|300[34])[- ]\d{4}$/,
    solid: NEVER,
  },
  MX: {
    digits: [10, 12],
    dialled: /^(?:01)?[2-9]\d{9}$/,
    spelled: new RegExp(
      String.raw`^(?:01${S})?(?:\(\d{2,3}\)|\d{2,3})(?: ?[-./] ?| |)\d{3,4}${S}\d{4}$|^(?:01${S})?(?:\(\d{2,3}\)|\d{2,3})(?: ?[-./] ?| )\d{3,4}(?:${S}\d\d){2}$|^(?:\(\d{2}\)|\d{2})(?:${S}\d{2}){4}$`,
    ),
    solid: NEVER,
  },
};

/** Three groups or a prefix in brackets; with or without a leading 0. */
const ELSEWHERE: Plan = {
  digits: [7, 13],
  dialled: /^\d/,
  spelled: new RegExp(
    String.raw`^\(0?\d{1,4}\) ?-? ?\d{2,4}(?:${S}\d{2,4}){1,3}$|^0\d{1,4}${S}\d{2,8}(?:${S}\d{2,5}){0,4}$|^\d{2,3}${S}\d{3}${S}\d{2,4}(?:${S}\d{2})?$`,
  ),
  solid: NEVER,
};

export const planOf = (region: string): Plan => PLANS[region] ?? ELSEWHERE;
