import * as v from 'valibot';
import { hostName, ipv4, port } from './fields';

const originPattern = `^[Hh][Tt][Tt][Pp][Ss]?://(${hostName}|${ipv4})${port}/?$`;
const hostPattern = String.raw`^(\*\.)?${hostName}$`;

/** Kept as browsers write it into `Origin`: in lower case, without the usual port. */
export const origin = v.pipe(
  v.string(),
  v.maxLength(255),
  v.metadata({ pattern: originPattern, examples: ['https://shop.example'] }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const { value } = dataset;
    if (new RegExp(originPattern).test(value) && URL.canParse(value)) return new URL(value).origin;
    addIssue({ message: 'must be an origin such as "https://shop.example": scheme, host and port, and no path' });
    return NEVER;
  }),
);

const host = v.pipe(
  v.string(),
  v.maxLength(253),
  v.regex(new RegExp(hostPattern), 'must be a host name such as "shop.example" or "*.shop.example"'),
  v.metadata({ pattern: hostPattern, examples: ['*.shop.example'] }),
  v.toLowerCase(),
);

/** Permissions of visitors' browsers for a campaign. Without it they may only click. */
export const browserSchema = v.strictObject({
  /** Whether a click keeps its ID in a first-party cookie of the tracker's host. */
  cookie: v.optional(v.boolean()),
  /** The pages that may record clicks by script, and that reports may come from. */
  origins: v.optional(v.pipe(v.array(origin), v.minLength(1, 'must hold at least one origin'), v.maxLength(50))),
  /** The hosts whose links and forms the script hands the click ID to. */
  hosts: v.optional(v.pipe(v.array(host), v.minLength(1, 'must hold at least one host'), v.maxLength(50))),
  /** Whether the amount that a browser names counts. Every visitor can name any. */
  browserAmount: v.optional(v.boolean()),
  /** Whether `?debug=1` shows anyone the verdict on a pixel. */
  debug: v.optional(v.boolean()),
});
