import * as v from 'valibot';

const host = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?`;
const originPattern = `^https?://${host}(?::[1-9][0-9]{0,4})?$`;
const hostPattern = String.raw`^(?:\*\.)?${host}$`;

/** Exactly what browsers write into `Origin`: scheme and host in lower case, and the port where it is not the scheme's own. */
const origin = v.pipe(
  v.string(),
  v.maxLength(255),
  v.toLowerCase(),
  v.check(
    (text) => new RegExp(originPattern).test(text) && URL.canParse(text) && new URL(text).origin === text,
    'must be an origin such as "https://shop.example": scheme and host, with the port only where it is not the usual one',
  ),
  v.metadata({ pattern: originPattern }),
);

const hostName = v.pipe(
  v.string(),
  v.maxLength(253),
  v.toLowerCase(),
  v.regex(new RegExp(hostPattern), 'must be a host name such as "shop.example" or "*.shop.example"'),
  v.metadata({ pattern: hostPattern }),
);

const several = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item), v.minLength(1, 'must hold at least one'), v.maxLength(50));

/** What visitors' browsers may do for a campaign. Without it they may do nothing but click. */
export const browserSchema = v.strictObject({
  /** Whether a click keeps its ID in a first-party cookie of the tracker's host. */
  cookie: v.optional(v.boolean()),
  /** The pages that may record clicks by script, and that reports may come from. */
  origins: v.optional(several(origin)),
  /** The hosts whose links and forms the script hands the click ID to. */
  hosts: v.optional(several(hostName)),
  /** Whether the amount that a browser names counts. Every visitor can name any. */
  browserAmount: v.optional(v.boolean()),
  /** Whether `?debug=1` shows the verdict on a pixel to whoever asks. */
  debug: v.optional(v.boolean()),
});

export type BrowserRules = v.InferOutput<typeof browserSchema>;
