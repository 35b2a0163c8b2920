/**
 * The part of CloudWatch's metric math that alarms here may use; anything else is rejected by name, so that no alarm is believed
 * to be evaluated that is not.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */

/** One value for each period of a window, oldest first; `undefined` where there is no data point. */
export type Series = readonly (number | undefined)[];
export type MathValue = number | Series | readonly Series[];

/** What an expression can ask for. */
export interface MathEnvironment {
  readonly series: ReadonlyMap<string, MathValue>;
  /** Every metric that was fetched, for METRICS(). */
  readonly metrics: readonly Series[];
  readonly periodSeconds: number;
  /** The account's quota behind a usage metric, for SERVICE_QUOTA(). */
  readonly quotaOf: (id: string) => number;
}

type Node =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly Node[] }
  | { readonly kind: 'operation'; readonly operator: string; readonly inputs: readonly Node[] };

const token = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(&&|\|\||==|!=|<=|>=|[-+*/^<>(),[\]!]))/y;

/** Loosest first. */
const precedence: readonly (readonly string[])[] = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

export function parseExpression(text: string): Node {
  const tokens = tokensOf(text);
  let position = 0;
  const peek = (): string | undefined => tokens[position];
  const next = (): string => tokens[position++] ?? fail('it ends too early');
  const fail = (problem: string): never => {
    throw new Error(`metric math "${text}": ${problem}`);
  };
  const expect = (wanted: string): void => {
    const came = next();
    if (came !== wanted) fail(`"${came}" stands where "${wanted}" was to stand`);
  };
  const listUntil = (end: string): readonly Node[] => {
    const items: Node[] = [];
    while (peek() !== end) {
      if (items.length > 0) expect(',');
      items.push(level(0));
    }
    expect(end);
    return items;
  };
  const level = (depth: number): Node => {
    const operators = precedence[depth];
    if (operators === undefined) return unary();
    let left = level(depth + 1);
    for (let operator = peek(); operator !== undefined && operators.includes(operator); operator = peek()) {
      next();
      left = { kind: 'operation', operator, inputs: [left, level(depth + 1)] };
    }
    return left;
  };
  const unary = (): Node => {
    const first = next();
    if (first === '-' || first === '!' || first === 'NOT') {
      return { kind: 'operation', operator: first === '-' ? 'negate' : 'NOT', inputs: [unary()] };
    }
    if (first === '(') {
      const inner = level(0);
      expect(')');
      return inner;
    }
    if (first === '[') return { kind: 'list', items: listUntil(']') };
    if (/^\d/.test(first)) return { kind: 'number', value: Number(first) };
    if (!/^[A-Za-z_]/.test(first)) return fail(`"${first}" is no value`);
    if (peek() !== '(') return { kind: 'name', name: first };
    next();
    return { kind: 'call', name: first, inputs: listUntil(')') };
  };
  const whole = level(0);
  if (position < tokens.length) fail(`"${tokens[position]}" is left over`);
  return whole;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`metric math "${text}": what stands at ${at} is not understood`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
}

export function evaluateExpression(node: Node, environment: MathEnvironment): MathValue {
  const of = (inner: Node): MathValue => evaluateExpression(inner, environment);
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'name':
      return environment.series.get(node.name) ?? unknown(node.name);
    case 'list':
      return node.items.map((item) => asSeries(of(item)));
    case 'operation':
      return operate(node.operator, node.inputs.map(of));
    case 'call':
      return call(node, environment, of);
  }
}

const isList = (value: MathValue): value is readonly Series[] => Array.isArray(value) && Array.isArray(value[0]);
const truth = (value: boolean): number => (value ? 1 : 0);

function asSeries(value: MathValue): Series {
  if (typeof value === 'number' || isList(value)) throw new Error('metric math: a time series was expected');
  return value;
}

const operations: Readonly<Record<string, (...inputs: readonly number[]) => number>> = {
  negate: (only = 0) => -only,
  NOT: (only = 0) => truth(only === 0),
  '+': (left = 0, right = 0) => left + right,
  '-': (left = 0, right = 0) => left - right,
  '*': (left = 0, right = 0) => left * right,
  '/': (left = 0, right = 0) => left / right,
  '^': (left = 0, right = 0) => left ** right,
  '==': (left, right) => truth(left === right),
  '!=': (left, right) => truth(left !== right),
  '<': (left = 0, right = 0) => truth(left < right),
  '<=': (left = 0, right = 0) => truth(left <= right),
  '>': (left = 0, right = 0) => truth(left > right),
  '>=': (left = 0, right = 0) => truth(left >= right),
  AND: (left = 0, right = 0) => truth(left !== 0 && right !== 0),
  '&&': (left = 0, right = 0) => truth(left !== 0 && right !== 0),
  OR: (left = 0, right = 0) => truth(left !== 0 || right !== 0),
  '||': (left = 0, right = 0) => truth(left !== 0 || right !== 0),
  IF: (condition, yes = 0, no = 0) => (condition !== 0 ? yes : no),
};

/** Period by period; a period that misses one of its inputs, or divides by zero, has no data point. */
function operate(operator: string, inputs: readonly MathValue[]): MathValue {
  const operation = operations[operator] ?? unknown(operator);
  const values = inputs.map((input) => (typeof input === 'number' ? input : asSeries(input)));
  const length = values.find((value) => typeof value !== 'number')?.length;
  if (length === undefined) return operation(...values.filter((value) => typeof value === 'number'));
  return Array.from({ length }, (_, index) => {
    const points = values.map((value) => (typeof value === 'number' ? value : value[index]));
    const present = points.filter((point) => point !== undefined);
    if (present.length < points.length) return undefined;
    const result = operation(...present);
    return Number.isFinite(result) ? result : undefined;
  });
}

function call(
  { name, inputs }: Extract<Node, { kind: 'call' }>,
  environment: MathEnvironment,
  of: (inner: Node) => MathValue,
): MathValue {
  const [first, second] = inputs;
  switch (name) {
    case 'IF':
      return operate('IF', inputs.map(of));
    case 'METRICS':
      return environment.metrics;
    case 'PERIOD':
      return environment.periodSeconds;
    case 'SERVICE_QUOTA':
      return first?.kind === 'name' ? environment.quotaOf(first.name) : unknown('SERVICE_QUOTA of no metric');
    case 'FILL': {
      if (first === undefined || second === undefined) return unknown('FILL without two inputs');
      if (second.kind === 'name' && second.name === 'REPEAT') return repeat(asSeries(of(first)));
      const filling = of(second);
      if (typeof filling !== 'number') return unknown('FILL with a time series');
      return asSeries(of(first)).map((point) => point ?? filling);
    }
    case 'SUM':
    case 'MAX':
    case 'MIN':
      return combine(name, first === undefined ? [] : of(first));
    default:
      return unknown(name);
  }
}

function repeat(series: Series): Series {
  let last: number | undefined;
  return series.map((point) => (last = point ?? last));
}

const combinations = {
  SUM: (points: readonly number[]) => points.reduce((sum, point) => sum + point, 0),
  MAX: (points: readonly number[]) => Math.max(...points),
  MIN: (points: readonly number[]) => Math.min(...points),
};

/** Of a list, period by period, of whatever is there; of one series, over all of its periods. */
function combine(name: keyof typeof combinations, value: MathValue): MathValue {
  if (typeof value === 'number') return value;
  if (!isList(value)) return combinations[name](asSeries(value).filter((point) => point !== undefined));
  return (value[0] ?? []).map((_, index) => {
    const points = value.flatMap((series) => series[index] ?? []);
    return points.length === 0 ? undefined : combinations[name](points);
  });
}

function unknown(what: string): never {
  throw new Error(`metric math: "${what}" is not known here`);
}
