import { nameLength, readingLimits, type ReadingBudget } from './budget';
import { base64Bytes, utf8 } from './bytes';
import type { Parameter } from './query';
import { trimInvisible } from './percent-encoding';

/** Parses JSON with each number as the letters it was written in: 0.1 stays 0.1, and 1e3 is seen as what it is. */
export function parseKeepingNumbers(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  );
}

/** One value of a JSON text that holds no others: its dotted name, its letters, and how deep it lies. */
interface Leaf {
  readonly name: string;
  readonly text: string;
  readonly depth: number;
  /** Set where it was no text in quotes. */
  readonly isNumber?: true;
}

/**
 * The parameters in a JSON text. Objects within objects become dotted names (`event.amount`), lists give their places (`items.0`), and so
 * does JSON that was sent as a text within, as AppsFlyer does. `null` is nothing sent. A name that one object holds twice is there
 * twice, as it is in a query.
 * @param name the name that the text was sent under; empty for a body
 * @returns `undefined` where the text is no JSON
 * @throws {BudgetExceeded} where there is more of it than is read
 */
export function readJson(text: string, name: string, budget: ReadingBudget, depth = 0): Parameter[] | undefined {
  const leaves = leavesOf(text, name, budget, depth);
  if (leaves === undefined) return undefined;
  const parameters: Parameter[] = [];
  for (const leaf of leaves) addText({ ...leaf, origin: 'json' }, budget, parameters);
  return parameters;
}

/**
 * Adds a parameter, and those in it where its value is JSON as a text: an object, or a list of objects. One that only looks like JSON, as a
 * macro, is a text like any other.
 */
export function addText(
  { name, text, origin, depth, isNumber }: Leaf & Pick<Parameter, 'origin'>,
  budget: ReadingBudget,
  parameters: Parameter[],
): void {
  // Half a surrogate pair can be escaped in JSON; no key and no store takes it.
  const value = trimInvisible(text).toWellFormed();
  budget.work(text.length);
  const isJson = (value.startsWith('{') && value.includes(':')) || /^\[\s*\{/.test(value);
  const within = isJson ? value : jsonInBase64(value);
  const inner = within === undefined ? undefined : readJson(within, name, budget, depth);
  if (inner === undefined) budget.value(value.length, name);
  if (inner === undefined || value.length <= readingLimits.valueLength) {
    parameters.push({ name, value, origin, ...(isNumber && { isNumber }) });
  }
  for (const parameter of inner ?? []) parameters.push(parameter);
}

/** The JSON object, or the list of such, that a text is in base64, as payment systems send it: `{"` begins as `ey` there, and `[` as `W`. */
export function jsonInBase64(text: string): string | undefined {
  if (!/^(?:ey|W[w-z\d])/.test(text) || !/^[\w+/-]{16,}={0,2}$/.test(text)) return undefined;
  const decoded = utf8(base64Bytes(text)).trim();
  return /^(?:\{[^]*\}|\[\s*\{[^]*\])$/.test(decoded) ? decoded : undefined;
}

/** A value of a JSON text, by its place in the text. */
export interface JsonElement {
  readonly start: number;
  readonly end: number;
}

/**
 * The places of the elements of a JSON list, without anything made of them.
 * @param budgetOf the budget of each element; it throws where there are too many
 * @returns `undefined` where the text is no JSON list
 */
export function elementsOf(
  text: string,
  budgetOf: (index: number) => ReadingBudget,
): readonly JsonElement[] | undefined {
  return attempt(() => new Scanner(text).elements(budgetOf));
}

/** Whether a text is JSON, read within the budget. */
export function isJsonObject(text: string, budget: ReadingBudget): boolean {
  const scan = (): true => {
    new Scanner(text).whole('', 0, budget);
    return true;
  };
  return /^\s*\{/.test(text) && attempt(scan) === true;
}

function leavesOf(text: string, name: string, budget: ReadingBudget, depth: number): Leaf[] | undefined {
  const leaves: Leaf[] = [];
  return attempt(() => {
    new Scanner(text, (leaf) => leaves.push(leaf)).whole(name, depth, budget);
    return leaves;
  });
}

class NoJson extends Error {}

function attempt<Value>(scan: () => Value): Value | undefined {
  try {
    return scan();
  } catch (error) {
    if (error instanceof NoJson) return undefined;
    throw error;
  }
}

/** Returns the name of a member. A name beyond the limit is not the name of anything that is read, and does not grow further. */
function memberName(parent: string, key: string): string {
  if (parent.length > nameLength) return parent;
  const own = trimInvisible(key.slice(0, 2 * nameLength)).toWellFormed();
  const name = parent === '' ? own : `${parent}.${own}`;
  return name.length <= nameLength ? name : `${name.slice(0, nameLength)}…`;
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/**
 * Goes over a JSON text once and spends the budget on the way. `JSON.parse` would build a whole bomb before it could be counted, and
 * silently keeps the last of two values of one name.
 */
class Scanner {
  #at = 0;
  readonly #text: string;
  readonly #onLeaf: ((leaf: Leaf) => void) | undefined;

  /** @param onLeaf absent where only the shape is asked for: then no name is made */
  constructor(text: string, onLeaf?: (leaf: Leaf) => void) {
    this.#text = text;
    this.#onLeaf = onLeaf;
  }

  whole(name: string, depth: number, budget: ReadingBudget): void {
    this.#blanks();
    this.#value(name, depth, budget);
    this.#end(budget);
  }

  elements(budgetOf: (index: number) => ReadingBudget): readonly JsonElement[] {
    const found: JsonElement[] = [];
    this.#blanks();
    if (!this.#take('[')) throw new NoJson();
    for (let more = !this.#closes(']'); more; more = this.#next(']')) {
      const start = this.#at;
      this.#value('', 0, budgetOf(found.length));
      found.push({ start, end: this.#at });
    }
    this.#end();
    return found;
  }

  #value(name: string, depth: number, budget: ReadingBudget): void {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(name, depth + 1, budget);
      case '[':
        return this.#list(name, depth + 1, budget);
      case '"':
        return this.#leaf(name, this.#string(budget), depth, budget);
      default: {
        const text = this.#scalar();
        if (text === '') throw new NoJson();
        if (text !== 'null') this.#leaf(name, text, depth, budget, /\d/.test(text));
      }
    }
  }

  #object(name: string, depth: number, budget: ReadingBudget): void {
    budget.level(depth);
    this.#at++;
    if (this.#closes('}')) return this.#leaf(name, '{}', depth, budget);
    do {
      if (this.#text[this.#at] !== '"') throw new NoJson();
      const member = this.#member(name, this.#string(budget), budget);
      this.#blanks();
      if (!this.#take(':')) throw new NoJson();
      this.#blanks();
      this.#value(member, depth, budget);
    } while (this.#next('}'));
  }

  #list(name: string, depth: number, budget: ReadingBudget): void {
    budget.level(depth);
    this.#at++;
    if (this.#closes(']')) return this.#leaf(name, '[]', depth, budget);
    let place = 0;
    do {
      this.#value(this.#member(name, String(place++), budget), depth, budget);
    } while (this.#next(']'));
  }

  #leaf(name: string, text: string, depth: number, budget: ReadingBudget, isNumber = false): void {
    budget.leaf();
    this.#onLeaf?.({ name, text, depth, ...(isNumber && { isNumber }) });
  }

  #member(parent: string, key: string, budget: ReadingBudget): string {
    if (this.#onLeaf === undefined) return '';
    const name = memberName(parent, key);
    budget.work(name.length);
    return name;
  }

  /** After a value: whether another follows. Blanks around the comma are passed. */
  #next(close: string): boolean {
    this.#blanks();
    if (this.#take(close)) return false;
    if (!this.#take(',')) throw new NoJson();
    this.#blanks();
    return true;
  }

  #closes(close: string): boolean {
    this.#blanks();
    return this.#take(close);
  }

  #string(budget: ReadingBudget): string {
    const start = this.#at;
    let end = this.#text.indexOf('"', start + 1);
    while (end >= 0 && this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end < 0) throw new NoJson();
    this.#at = end + 1;
    budget.work(this.#at - start);
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, this.#at));
      return String(value);
    } catch {
      throw new NoJson();
    }
  }

  #isEscaped(at: number): boolean {
    let backslashes = 0;
    while (this.#text[at - 1 - backslashes] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }

  #end(budget?: ReadingBudget): void {
    this.#blanks();
    budget?.work(this.#at);
    if (this.#at < this.#text.length) throw new NoJson();
  }

  #take(letter: string): boolean {
    if (this.#text[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }

  #blanks(): void {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #scalar(): string {
    scalar.lastIndex = this.#at;
    const found = scalar.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
