import { asFields, type Content } from '../../../operator/documents/stored-document';
import { extended, given, readPairs } from './values';

export interface SourceFlags {
  readonly name?: string;
  readonly parameter?: readonly string[];
  readonly template?: string;
  readonly account?: readonly string[];
  readonly postbackUrl?: string;
  readonly postbackWhen?: string;
  readonly postbackStatus?: readonly string[];
  readonly postbackEvent?: readonly string[];
}

/** Applies the flags to a source. */
export function withSourceFlags(base: Content, flags: SourceFlags): Content {
  const { name, parameter = [] } = flags;
  return {
    ...base,
    ...given({ name }),
    ...extended('parameters', base, readPairs('--parameter', parameter)),
    ...withPostback(base, flags),
  };
}

/** The flags change the first postback; a source without one gets one that reports the first change of a conversion. */
function withPostback(base: Content, flags: SourceFlags): Content {
  const { template, account = [], postbackUrl, postbackWhen, postbackStatus, postbackEvent } = flags;
  const stored: readonly unknown[] = Array.isArray(base['postbacks']) ? base['postbacks'] : [];
  const [first = { id: 'main', when: 'first' }, ...others] = stored;
  const before = asFields(first) ?? {};
  const said = {
    ...given({ template, url: postbackUrl, when: postbackWhen, statuses: postbackStatus, events: postbackEvent }),
    ...extended('account', before, readPairs('--account', account)),
  };
  return Object.keys(said).length === 0 ? {} : { postbacks: [{ ...before, ...said }, ...others] };
}
