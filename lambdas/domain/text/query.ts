import { nameLength, type ReadingBudget } from './budget';
import { decodeComponent, decodePercent, trimInvisible } from './percent-encoding';

/** Letters that pages of HTML made of `&name`: the letter replaces `&` and the entity's name. */
const eatenEntities: Readonly<Record<string, string>> = {
  '¤': 'curren',
  '¶': 'para',
  '×': 'times',
  '®': 'reg',
  '©': 'copy',
  '¬': 'not',
  '§': 'sect',
};
const eatenEntity = new RegExp(`(?:%C2)?([${Object.keys(eatenEntities).join('')}])(?=\\w*=)`, 'gi');
const encodedEntity = /%C2%(A4|B6|AE|A9|AC|A7)(?=\w*=)|%C3%97(?=\w*=)/gi;
/** `&` as HTML writes it, by name or by number, and encoded once more on the way. */
const ampersandEntity = /&(?:(?:amp|(?:#|%23)(?:0{0,6}38|x0{0,6}26))(?:;|%3B))+/gi;

/** Separators that some senders write between parameters instead of every `&`. */
const otherSeparator = /(?:;|\r?\n|%0D%0A|%0A)(?=[A-Za-z_][\w.-]{0,63}=)/gi;

/** One parameter as it was sent, decoded and trimmed, its name in the letters that it came in. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly origin: 'query' | 'form' | 'json';
  /** It is of one of the conversions that the request lists, and no other. */
  readonly isOfElement?: true;
  /** It is beside a list of so many conversions, and applies to each of them. */
  readonly besideOf?: number;
  /** Set on a number of JSON: its point is the decimal one. */
  readonly isNumber?: true;
}

export interface QueryReading {
  readonly parameters: readonly Parameter[];
  /** The repairs, each in words for the sender. */
  readonly repairs: readonly string[];
}

/**
 * Reads a raw query or form body. We parse it ourselves: the decoded maps of an HTTP API lose the order, the doubles and the difference
 * between `+` and `%20`. An unambiguous error is repaired, with a warning.
 * @throws {BudgetExceeded} where it holds more than is read
 */
export function readQuery(raw: string, origin: Parameter['origin'], budget: ReadingBudget): QueryReading {
  const repairs: string[] = [];
  const repair = (text: string, repaired: string, description: string): string => {
    if (repaired !== text) repairs.push(description);
    return repaired;
  };
  let text = trimInvisible(raw);
  text = repair(
    text,
    text.replace(/^[?&]+/, (start) => (start.includes('?') ? '' : start)),
    'a second "?" was dropped',
  );
  if (!text.includes('=') && /%3D/i.test(text)) {
    text = repair(text, decodePercent(text), 'the whole query was encoded once too often');
  }
  text = repair(
    text,
    text
      .replace(encodedEntity, (escape) => decodePercent(escape))
      .replace(eatenEntity, (_, letter: string) => `&${eatenEntities[letter] ?? ''}`),
    'an HTML page had turned "&" and a name into one letter ("&currency" into "¤cy"): send the URL as plain text',
  );
  text = repair(
    text,
    withoutEntities(text),
    'the separators were HTML entities such as "&amp;": send the URL as plain text',
  );
  text = repair(
    text,
    text.replace(/(?<=(?:^|[&?])[^&=?]*=[^&?:/]*)\?(?=[A-Za-z_][\w.-]*=)/g, '&'),
    'a "?" was in the place of a "&"',
  );
  if (!text.includes('&')) {
    text = repair(
      text,
      text.replace(otherSeparator, '&'),
      'the parameters were separated by ";" or line breaks: use "&"',
    );
  }
  budget.work(text.length);
  return { parameters: [...pairsOf(text, origin, budget)], repairs };
}

/** A query whose separators are `&` again, where a page of HTML had made entities of them. */
export function withoutEntities(text: string): string {
  return text.replace(ampersandEntity, '&');
}

/** Splits a query into its parameters, decoded and trimmed, without repairs. */
export function splitPairs(text: string, origin: Parameter['origin']): readonly Parameter[] {
  return [...pairsOf(text, origin)];
}

/** Nine letters of a query may be one of its value: a letter of three bytes, each escaped. */
const lettersOfOne = 9;

function* pairsOf(text: string, origin: Parameter['origin'], budget?: ReadingBudget): Generator<Parameter> {
  let start = 0;
  while (start <= text.length) {
    const end = text.indexOf('&', start);
    const pair = text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length + 1 : end + 1;
    if (pair === '') continue;
    budget?.pair();
    const at = pair.indexOf('=');
    const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    // JSON as a text may be longer than a value: it is read for what it holds.
    if (!/^(?:\{|\[|%7b|%5b)/i.test(value)) budget?.value(value.length / lettersOfOne, name);
    const shownName = budget === undefined ? name : name.slice(0, lettersOfOne * nameLength);
    yield { name: trimInvisible(decodeComponent(shownName)), value: trimInvisible(decodeComponent(value)), origin };
  }
}
