import { withoutUnseen } from "../normalise/text.js";
import { readPhoneIndicator } from "./phone-indicator.js";
import type { ReadingOptions, Readings } from "./reading.js";

/** Platforms as people write them before a handle. */
const PLATFORMS =
  "facebook|fb|instagram|insta|ig|telegram|tg|tiktok|tik tok|twitter|x|snapchat|snap|sc|whatsapp|" +
  "wa|viber|signal|wechat|weixin|line|kik|discord|vk|vkontakte|ok|linkedin|onlyfans|youtube|" +
  "skype|imo|zalo|threads|user|username|handle";
/** A hyphen alone may be part of a handle. */
const PLATFORM = new RegExp(`^(?:${PLATFORMS})(?:\\s*[:=]\\s*|\\s+[-–]\\s+|\\s+(?=@))`, "i");
/** Of these the handle is a phone number. */
const BY_PHONE =
  /^(?:https?:\/\/)?(?:www\.)?(?:(?:whatsapp|wa|viber|signal)\b|wa\.me\/|api\.whatsapp\.com\/)/i;
const PARTS = new Set("user,users,u,in,p,c,channel,people,profile,add,@,s".split(","));
const GENERIC = new Set(
  (
    "admin support official user username test unknown none null anonymous instagram " +
    "facebook telegram whatsapp tiktok twitter snapchat home login share explore groups " +
    "pages watch"
  ).split(" "),
);
const LENGTH = { least: 4, near: 6, most: 64 };

/** The account that an address of a profile names. */
function accountOf(url: string): string {
  const bare = url.replace(/^(?:https?:\/\/)?(?:www\.|m\.)?/i, "");
  const id = /[?&](?:id|phone)=([^&#]+)/i.exec(bare)?.[1];
  if (id !== undefined) return id;
  const [, ...path] = bare.replace(/[?#].*$/, "").split("/");
  return path.find((part) => part !== "" && !PARTS.has(part.toLowerCase())) ?? "";
}

/**
 * Online handles, without platform, @ and case: people keep a handle where they move. Exact: that.
 * Near: letters and digits only, six at least. A handle that is a phone number is a phone.
 */
export function readHandleIndicator(cell: string, options: ReadingOptions): Readings {
  const text = withoutUnseen(cell.normalize("NFKC")).trim();
  const isUrl = /^https?:\/\/|^[\w.-]+\.[a-z]{2,}\//i.test(text);
  const bare = isUrl ? accountOf(text) : text.replace(PLATFORM, "");
  const handle = bare
    .replace(/^@+/, "")
    .replace(/\s*\(.*\)$/, "")
    .trim()
    .toLowerCase();
  const isNumber = /^[+\d][\d\s().-]{6,}$/.test(handle);
  if (isNumber && (BY_PHONE.test(text) || /^(\+|00)/.test(handle))) {
    return readPhoneIndicator(/^(\+|0)/.test(handle) || !isUrl ? handle : `+${handle}`, options);
  }
  if (!/^[\p{L}\p{M}\p{N}._-]+$/u.test(handle) || handle.length > LENGTH.most) return "unreadable";
  const letters = handle.replace(/[^\p{L}\p{N}]/gu, "");
  if (GENERIC.has(letters) || /^(.)\1*$/u.test(letters)) return "generic";
  if (letters.length < LENGTH.least) return "vague";
  const near = letters.length >= LENGTH.near ? letters : undefined;
  return [{ kind: "handle", exact: handle, near: [near] }];
}
