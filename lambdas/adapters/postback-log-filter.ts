import { tableKey } from '../contract';
import { mentionsClickId } from '../domain/click/click-id-mentions';
import type { LogRow } from '../domain/log/log-row';
import { maskMailAndKeys } from '../domain/log/masking';
import type { Item } from './item';

type FilteredField = 'integration' | 'campaign' | 'clickId' | 'result' | 'reason' | 'batchId' | 'keyId';

/** The conditions on a row; a field with several values matches any of them. */
export interface LogFilter extends Readonly<Partial<Record<FilteredField, readonly string[]>>> {
  /** The beginning of the request ID. */
  readonly requestIdPrefix?: string;
  /** A click ID that the row is about, or that the request contains in any encoding. */
  readonly mentions?: string;
  /** Codes of warnings, one of which the row must have. */
  readonly warning?: readonly string[];
  /** The transaction ID of the row's conversion or, without one, a whole word of the request. */
  readonly transactionId?: string;
  /** Alternative filters, one of which the row must pass. */
  readonly anyOf?: readonly LogFilter[];
}

/** A filter as a DynamoDB expression. It may pass more rows than `passes` does, and never fewer. */
interface Conditions {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

/** Builds the table's filter, which reads as much and sends less: no expression can search a list of warnings. */
export function conditionsOf(filter: LogFilter, now: number): Conditions {
  const names: Record<string, string> = { '#expiresAt': tableKey.postbackLog.timeToLive };
  // The table deletes late: expired rows count as absent.
  const values: Item = { ':now': { N: String(now / 1000) } };

  function valueOf(text: string): string {
    const place = `:v${Object.keys(values).length}`;
    values[place] = { S: text };
    return place;
  }

  function nameOf(field: string): string {
    names[`#${field}`] = field;
    return `#${field}`;
  }

  function termsOf({ mentions, requestIdPrefix, warning, transactionId, anyOf, ...fields }: LogFilter): string[] {
    const terms = Object.entries(fields).map(
      ([field, wanted]) => `${nameOf(field)} IN (${wanted.map(valueOf).join(', ')})`,
    );
    if (requestIdPrefix !== undefined) terms.push(`begins_with(${nameOf('requestId')}, ${valueOf(requestIdPrefix)})`);
    if (mentions !== undefined) {
      const [lower, upper] = [valueOf(mentions), valueOf(mentions.toUpperCase())];
      const [raw, clickId] = [nameOf('raw'), nameOf('clickId')];
      // `passes` examines rows without a known click: DynamoDB cannot decode text.
      terms.push(
        `attribute_not_exists(${nameOf('erased')})`,
        `(${clickId} = ${lower} OR contains(${raw}, ${lower}) OR contains(${raw}, ${upper}) OR attribute_not_exists(${clickId}))`,
      );
    }
    if (warning !== undefined) terms.push(`attribute_exists(${nameOf('warnings')})`);
    if (transactionId !== undefined) {
      const conversion = nameOf('conversion');
      const shown = `${conversion}.${nameOf('transactionId')} = ${valueOf(maskMailAndKeys(transactionId))}`;
      const inRaw = writtenForms(transactionId).map((form) => `contains(${nameOf('raw')}, ${valueOf(form)})`);
      terms.push(`(${shown} OR (attribute_not_exists(${conversion}) AND (${inRaw.join(' OR ')})))`);
    }
    if (anyOf !== undefined) terms.push(`(${anyOf.map((one) => `(${termsOf(one).join(' AND ')})`).join(' OR ')})`);
    return terms;
  }

  return { expression: ['#expiresAt > :now', ...termsOf(filter)].join(' AND '), names, values };
}

/** Checks the part of a filter that the table cannot, given that the table checked the rest. */
export function passes(row: LogRow, { mentions, warning, transactionId, anyOf }: LogFilter): boolean {
  return (
    (mentions === undefined || isAbout(row, mentions)) &&
    (warning === undefined || row.warnings.some(({ code }) => warning.includes(code))) &&
    (transactionId === undefined || row.conversion !== undefined || standsAlone(row.raw, transactionId)) &&
    (anyOf === undefined || anyOf.some((one) => passesAll(row, one)))
  );
}

function isAbout({ clickId, raw, path }: LogRow, mentioned: string): boolean {
  return clickId === mentioned || mentionsClickId(raw, mentioned) || mentionsClickId(path, mentioned);
}

const fieldsJudgedAgain = ['integration', 'campaign', 'clickId', 'result', 'reason', 'batchId', 'keyId'] as const;

/** The table checks alternatives only as a whole. */
function passesAll(row: LogRow, filter: LogFilter): boolean {
  return (
    passes(row, filter) &&
    fieldsJudgedAgain.every((field) => {
      const [wanted, value] = [filter[field], row[field]];
      return wanted === undefined || (value !== undefined && wanted.includes(value));
    })
  );
}

/** Returns the spellings of a text in a request: plain, percent-encoded, or form-encoded. */
function writtenForms(text: string): readonly string[] {
  const masked = maskMailAndKeys(text);
  const encoded = encodeURIComponent(masked);
  return [...new Set([masked, encoded, encoded.replaceAll('%20', '+')])];
}

/** Whether a request contains a text that is not part of a longer word or number. */
function standsAlone(raw: string, text: string): boolean {
  return writtenForms(text).some((form) => {
    for (let at = raw.indexOf(form); at >= 0; at = raw.indexOf(form, at + 1)) {
      if (!isWordPart(raw[at - 1]) && !isWordPart(raw[at + form.length])) return true;
    }
    return false;
  });
}

const isWordPart = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}_.-]/u.test(letter);
