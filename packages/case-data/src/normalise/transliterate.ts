/**
 * Names in other scripts as clerks write them in Latin letters, where a table of letters alone
 * (any-ascii, which does the rest) is off: vowels that a script does not write or writes elsewhere,
 * and letters that sound otherwise together. Rules by script; what no rule is for is left alone.
 */
export function transliterate(text: string): string {
  return [greek, arabic, hangul, thai, khmer, indic, ukrainian].reduce(
    (written, rules) => rules(written),
    text.normalize("NFC"),
  );
}

type Rule = readonly [RegExp, string];

const applied = (text: string, rules: readonly Rule[]): string =>
  rules.reduce((written, [pattern, by]) => written.replace(pattern, by), text);

/** ELOT 743, the standard of Greek passports; μπ and γκ at the beginning by their sound. */
const GREEK: readonly Rule[] = [
  [/ου|ού/g, "ou"],
  [/([αεη])[υύ](?=[αεηιουωάέήίόύώβγδζλμνρ])/g, "$1v"],
  [/([αεη])[υύ]/g, "$1f"],
  [/γγ/g, "ng"],
  [/γχ/g, "nch"],
  [/(?<!\p{L})μπ/gu, "b"],
  [/(?<!\p{L})γκ/gu, "g"],
];

const greek = (text: string): string =>
  /\p{Script=Greek}/u.test(text) ? applied(text.toLowerCase(), GREEK) : text;

/** Long vowels and the article are written out; short vowels are not there to be read. */
const ARABIC: readonly Rule[] = [
  [/(?<!\p{L})ال(?=\p{L}{2})/gu, "al"],
  [/[ةىاآأع]/g, "a"],
  [/إ/g, "i"],
  [/(?<=\p{L})و(?=\p{Script=Arabic}|$|\s)/gu, "u"],
  [/(?<=\p{L})ي/gu, "i"],
];

const arabic = (text: string): string => applied(text, ARABIC);

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const INITIALS = "k,kk,n,d,tt,r,m,b,pp,s,ss,,j,jj,ch,k,t,p,h".split(",");
const VOWELS = "a,ae,ya,yae,eo,e,yeo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,eu,ui,i".split(",");
const FINALS = ",k,k,k,n,n,n,t,l,k,m,l,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t".split(",");
/** Family names whose usual spelling no rule gives. */
const KOREAN_FAMILIES: ReadonlyMap<string, string> = new Map([
  ["이", "lee"],
  ["리", "lee"],
  ["박", "park"],
  ["최", "choi"],
  ["임", "lim"],
  ["오", "oh"],
  ["우", "woo"],
  ["유", "yoo"],
  ["류", "ryu"],
  ["윤", "yoon"],
  ["조", "cho"],
  ["신", "shin"],
  ["심", "shim"],
]);

/** Revised Romanisation, but ㄱ as k and ㅓ before n and ng as u, as people write their names. */
function hangul(text: string): string {
  const family = KOREAN_FAMILIES.get(text.trim());
  if (family !== undefined) return family;
  return text.replace(/[가-힣]/g, (sign) => {
    const code = sign.charCodeAt(0) - HANGUL_FIRST;
    if (code < 0 || code > HANGUL_LAST - HANGUL_FIRST) return sign;
    const [initial, vowel, final] = [Math.floor(code / 588), Math.floor(code / 28) % 21, code % 28];
    const end = FINALS[final];
    const sound = end.startsWith("n") ? VOWELS[vowel].replace("eo", "u") : VOWELS[vowel];
    return INITIALS[initial] + sound + end;
  });
}

/** Silent letters go, vowels written before their consonant come behind it, last letters close. */
const THAI: readonly Rule[] = [
  [/[ก-ฮ][ิุ]?์/g, ""],
  [/([เแโใไ])([กขคตปผพ][รลว]|ห[งญนมยรลว]|[ก-ฮ])/g, "$2$1"],
  [/รร(?=[ก-ฮ])/g, "a"],
  [/รร/g, "an"],
  [/(?<=\p{L})[รลญ](?![\p{L}\p{M}])/gu, "n"],
  [/(?<=\p{L})[จชซดตถทธศษส](?![\p{L}\p{M}])/gu, "t"],
];

const thai = (text: string): string => applied(text, THAI);

/** Signs that shorten or silence a letter go; ប with the sign for p is p. */
const KHMER: readonly Rule[] = [
  [/ប៉/g, "p"],
  [/[ក-ហ]៍/g, ""],
  [/[់័៉៊]/g, ""],
];

const khmer = (text: string): string => applied(text, KHMER);

/** First code point of the scripts that are laid out as Devanagari is. */
const INDIC_BLOCKS = [0x0900, 0x0980, 0x0a00, 0x0a80];

/** A consonant before another letter has the vowel a, unwritten; the last of a word has none. */
const INDIC: readonly Rule[] = INDIC_BLOCKS.flatMap((block): Rule[] => {
  const range = (from: number, to: number): string =>
    `\\u{${(block + from).toString(16)}}-\\u{${(block + to).toString(16)}}`;
  const consonants = `[${range(0x15, 0x39)}${range(0x58, 0x5f)}]`;
  const labials = `[${range(0x2a, 0x2e)}]`;
  const nasal = `\\u{${(block + 2).toString(16)}}`;
  return [
    [new RegExp(`${nasal}(?=${consonants})(?!${labials})`, "gu"), "n"],
    [
      new RegExp(
        `(${consonants}\\u{${(block + 0x3c).toString(16)}}?)(?=[n${range(1, 0x39)}])`,
        "gu",
      ),
      "$1a",
    ],
  ];
});

const indic = (text: string): string => applied(text, [[/ফ/g, "f"], ...INDIC]);

/** A word with a letter that Russian has not is read as Ukrainian. */
const ukrainian = (text: string): string =>
  text.replace(/\p{Script=Cyrillic}+/gu, (word) =>
    /[іїєґ]/i.test(word)
      ? applied(word, [
          [/г/g, "h"],
          [/Г/g, "H"],
          [/и/g, "y"],
          [/[ії]/g, "i"],
          [/І/g, "I"],
          [/(?<!\p{L})[Єє]/gu, "ye"],
          [/є/g, "ie"],
        ])
      : word,
  );
