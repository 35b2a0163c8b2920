import { assumed } from '../../cost/assumptions';
import { competitors } from '../../cost/competitors';
import { costOfMillionDeliveries } from '../../cost/delivery-cost';
import { idleMonth } from '../../cost/idle-cost';
import { totalDollars, type Line } from '../../cost/line';
import { flowMeaning, flowNames, measured, type FlowName } from '../../cost/measured';
import { inUseMonth, monthOf, type MonthCost, type Volumes } from '../../cost/month-cost';
import { freeAllowancesSource, prices, pricedRegion, pricesReadOn } from '../../cost/prices';
import { costOfMillion, dollarFigure } from '../../cost/request-cost';
import { inventoryOf, type Inventory } from '../../cost/template/inventory';

/** The tables of docs/cost.md, by the name of their markers, from the templates of the built-in stages. */
export function costTables(templates: { readonly dev: unknown; readonly prod: unknown }): Record<string, string> {
  const dev = inventoryOf(templates.dev);
  const prod = inventoryOf(templates.prod);
  return {
    million: millions(prod),
    click: linesOfMillion(prod, 'click'),
    recorded: linesOfMillion(prod, 'recorded'),
    delivery: delivery(prod),
    idle: idle(prod, dev),
    'in-use': lines(inUseMonth(prod, measured), 'dollars a month'),
    months: months(prod),
    measured: counts(),
    prices: priceList(),
  };
}

type Row = readonly string[];

/** Numbers are aligned to the right. */
function markdown(head: Row, rows: readonly Row[], numbers: readonly number[]): string {
  const rule = head.map((_, at) => (numbers.includes(at) ? '--:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const dollars = (amount: number): string =>
  amount < 1000 ? amount.toFixed(2) : Math.round(amount).toLocaleString('en-US');
const bold = (text: string): string => `**${text}**`;

function millions(inventory: Inventory): string {
  const rows = flowNames.map((name) => {
    const { whenSent, whileKept } = costOfMillion(measured.flows[name], inventory, measured.daysKept, assumed);
    return [flowMeaning[name], bold(dollars(totalDollars(whenSent))), dollars(totalDollars(whileKept))];
  });
  return markdown(['a million of', 'when they come', 'for as long as they are kept'], rows, [1, 2]);
}

function linesOfMillion(inventory: Inventory, flow: FlowName): string {
  const { whenSent, whileKept } = costOfMillion(measured.flows[flow], inventory, measured.daysKept, assumed);
  return markdown(
    ['part', 'dollars per million', 'how', 'lower it by'],
    [
      ...whenSent.map(row),
      [bold('when they come'), bold(dollars(totalDollars(whenSent))), '', ''],
      ...whileKept.map(row),
      [bold('while they are kept'), bold(dollars(totalDollars(whileKept))), '', ''],
    ],
    [1],
  );
}

/** One by one and ten at a time, side by side. */
function delivery(inventory: Inventory): string {
  const [alone, together] = [1, 10].map((count) =>
    costOfMillionDeliveries(measured.delivery, inventory, assumed, count),
  );
  if (alone === undefined || together === undefined) throw new Error('there are two ways to deliver');
  const sums = (kind: 'whenSent' | 'whileKept'): Row =>
    [alone, together].map((one) => bold(dollars(totalDollars(one[kind]))));
  const rows = (kind: 'whenSent' | 'whileKept'): readonly Row[] =>
    alone[kind].map(({ part, dollars: each, how }, at) => [
      part,
      dollars(each),
      dollars(together[kind][at]?.dollars ?? 0),
      how,
    ]);
  return markdown(
    ['part', 'one by one', 'ten at a time', 'how, one by one'],
    [
      ...rows('whenSent'),
      [bold('when they are sent'), ...sums('whenSent'), ''],
      ...rows('whileKept'),
      [bold('while they are kept'), ...sums('whileKept'), ''],
    ],
    [1, 2],
  );
}

const row = (line: Line): Row => [line.part, dollars(line.dollars), line.how, line.lower ?? ''];

function lines(given: readonly Line[], heading: string): string {
  const all = [bold('all'), bold(dollars(totalDollars(given))), '', ''];
  return markdown(['part', heading, 'how', 'lower it by'], [...given.map(row), all], [1]);
}

function idle(prod: Inventory, dev: Inventory): string {
  const inProd = idleMonth(prod, assumed);
  const inDev = idleMonth(dev, assumed);
  const parts = [...new Set([...inProd, ...inDev].map(({ part }) => part))];
  const rows = parts.map((part) => {
    const [mine, other] = [inProd, inDev].map((all) => all.find((line) => line.part === part));
    const described = mine ?? other;
    return [
      part,
      dollars(mine?.dollars ?? 0),
      dollars(mine?.dollarsAfterFree ?? 0),
      dollars(other?.dollars ?? 0),
      described?.how ?? '',
      described?.lower ?? '',
    ];
  });
  const sums = [
    totalDollars(inProd),
    inProd.reduce((sum, { dollarsAfterFree }) => sum + dollarsAfterFree, 0),
    totalDollars(inDev),
  ].map((sum) => bold(dollars(sum)));
  return markdown(
    ['part', 'prod', 'after free allowances', 'dev', 'how', 'lower it by'],
    [...rows, [bold('all'), ...sums, '', '']],
    [1, 2, 3],
  );
}

const examples: readonly Volumes[] = [
  { clicks: 100_000, postbacks: 3_000 },
  { clicks: 1_000_000, postbacks: 30_000 },
  { clicks: 10_000_000, postbacks: 300_000 },
  { clicks: 100_000_000, postbacks: 3_000_000 },
];

function months(inventory: Inventory): string {
  const [clickFlare, voluum] = competitors;
  const rows = examples.map((volumes) => {
    const cost = totalOfMonth(monthOf(volumes, inventory, measured, assumed));
    const events = volumes.clicks + volumes.postbacks;
    return [
      volumes.clicks.toLocaleString('en-US'),
      volumes.postbacks.toLocaleString('en-US'),
      bold(dollars(cost)),
      dollars((cost / events) * 1_000_000),
      ...[clickFlare, voluum].map((other) =>
        range((other?.dollarsPerMillion ?? []).map((each) => (each * events) / 1_000_000)),
      ),
    ];
  });
  return markdown(
    ['clicks', 'postbacks', 'dollars a month', 'per million events', 'ClickFlare', 'Voluum'],
    rows,
    [0, 1, 2, 3, 4, 5],
  );
}

function totalOfMonth({ idle: fixed, inUse, clicks, postbacks }: MonthCost): number {
  return totalDollars([
    ...fixed,
    ...inUse,
    ...clicks.whenSent,
    ...clicks.whileKept,
    ...postbacks.whenSent,
    ...postbacks.whileKept,
  ]);
}

const range = (amounts: readonly number[]): string =>
  `${dollars(Math.min(...amounts))} to ${dollars(Math.max(...amounts))}`;

function counts(): string {
  const rows = flowNames.map((name) => {
    const flow = measured.flows[name];
    const stored = Object.entries(flow.itemBytes).map(([table, bytes]) => `${table.slice(6)} ${dollarFigure(bytes)}`);
    return [
      flowMeaning[name],
      dollarFigure(flow.apiRequests),
      dollarFigure(Object.values(flow.invocations).reduce((sum, times) => sum + times, 0)),
      dollarFigure(flow.readUnits),
      dollarFigure(flow.writeUnits),
      dollarFigure(flow.queueRequests),
      dollarFigure(flow.logBytes),
      stored.join(', '),
    ];
  });
  return markdown(
    ['one', 'API', 'invocations', 'read units', 'write units', 'sent to SQS', 'log bytes', 'bytes that stay'],
    rows,
    [1, 2, 3, 4, 5, 6],
  );
}

function priceList(): string {
  const listed = Object.values(prices).map(({ unit, dollars: each, source }) => [
    unit,
    priceOf(each),
    `[${new URL(source).hostname}](${source})`,
  ]);
  const others = competitors.map(({ name, dollarsPerMillion, source, caveat }) => [
    `${name}: a million events beyond the plan's (${caveat})`,
    dollarsPerMillion.map(String).join(', '),
    `[${new URL(source).hostname}](${source})`,
  ]);
  return [
    markdown(['unit', 'dollars', 'where it is published'], [...listed, ...others], [1]),
    `Region ${pricedRegion}, read on ${pricesReadOn}. Free allowances: [${new URL(freeAllowancesSource).hostname}](${freeAllowancesSource}).`,
  ].join('\n\n');
}

/** Small prices are shown by the million. */
function priceOf(each: number): string {
  return each < 0.0001 ? `${dollarFigure(each * 1_000_000)} per million` : String(each);
}
