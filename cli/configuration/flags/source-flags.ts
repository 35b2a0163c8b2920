import type { Content } from '../stored-document';
import { extended, given, readPairs } from './values';

export interface SourceFlags {
  readonly name?: string;
  readonly parameter?: readonly string[];
  readonly postbackUrl?: string;
  readonly postbackStatus?: readonly string[];
  readonly postbackEvent?: readonly string[];
}

/** A source with what the flags say put into it. */
export function withSourceFlags(base: Content, flags: SourceFlags): Content {
  const { name, parameter = [], postbackUrl, postbackStatus, postbackEvent } = flags;
  return {
    ...base,
    ...given({ name }),
    ...extended('parameters', base, readPairs('--parameter', parameter)),
    ...extended('postback', base, given({ url: postbackUrl, statuses: postbackStatus, events: postbackEvent })),
  };
}
