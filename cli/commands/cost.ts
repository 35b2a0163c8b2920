import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { readFileSync } from 'node:fs';
import { assumed } from '../../cost/assumptions';
import { totalDollars, type Line } from '../../cost/line';
import { measured } from '../../cost/measured';
import { monthOf, type MonthCost } from '../../cost/month-cost';
import { pricedRegion, pricesReadOn } from '../../cost/prices';
import { templateOfStage } from '../../cost/synthesize';
import { inventoryOf } from '../../cost/template/inventory';
import { readVolume } from '../../cost/volume';
import { readNumber } from '../configuration/flags/values';
import { readGlobalOptions } from '../connection/options';
import { Failure, messageOf, usageFailure } from '../../operator/failure';
import { exitCode } from '../exit-code';
import { addExamples } from '../help';
import { perform } from '../session';
import { style } from '../terminal/style';
import { table } from '../terminal/table';

/** Computes the cost of the tracker from its template and measured traffic. Needs no tracker and no AWS account. */
export function addCostCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('cost')
    .description('computes the list price of a stage in AWS, for a month of clicks and postbacks (default stage: prod)')
    .option('--clicks <number>', 'clicks a month: 10M, 300k or all the digits', '1M')
    .option('--postbacks <number>', 'postbacks a month that are recorded', '1M')
    .option('--deliveries <number>', 'reports of conversions to traffic sources a month', '0')
    .option('--milliseconds <number>', 'run time of a function for a request (default: from measured CPU)')
    .option('--template <file>', 'a CloudFormation template, instead of a synthesized stage')
    .action((options, self) =>
      perform(self, async ({ output }) => {
        const volumes = {
          clicks: volumeOf('--clicks', options.clicks),
          postbacks: volumeOf('--postbacks', options.postbacks),
          deliveries: volumeOf('--deliveries', options.deliveries),
        };
        const { milliseconds } = options;
        const given =
          milliseconds === undefined ? {} : { billedMilliseconds: readNumber('--milliseconds', milliseconds) };
        const stage = readGlobalOptions(self).stage ?? 'prod';
        const inventory = inventoryOf(await templateFrom(options.template, stage));
        const cost = monthOf(volumes, inventory, measured, { ...assumed, ...given });
        const totals = totalsOf(cost);
        output.answer({ region: pricedRegion, pricesReadOn, volumes, totals, ...cost }, () => page(cost, totals));
        return cost.unpriced.length === 0 ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(
    command,
    'tracker cost --clicks 10M --postbacks 300k',
    'tracker cost --clicks 10M --postbacks 300k --deliveries 300k',
    'tracker cost --stage dev --json',
    'tracker cost --milliseconds 12 --template cdk.out/PostbackTracker-prod.template.json',
  );
}

function volumeOf(option: string, text: string): number {
  const volume = readVolume(text);
  if (volume === undefined) throw usageFailure(`${option} takes a number such as 10M, 300k or 250000, not "${text}".`);
  return volume;
}

async function templateFrom(file: string | undefined, stage: string): Promise<unknown> {
  try {
    if (file === undefined) return await templateOfStage(stage);
    const template: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return template;
  } catch (error) {
    throw new Failure('usage', `There is no template to price: ${messageOf(error)}`, {
      hint: 'Run it in the folder of the project, or give --template FILE.',
    });
  }
}

/** Dollars per month. */
interface Totals {
  readonly idle: number;
  readonly inUse: number;
  readonly clicks: number;
  readonly postbacks: number;
  readonly deliveries: number;
  readonly kept: number;
  readonly month: number;
}

function totalsOf({ idle, inUse, clicks, postbacks, deliveries }: MonthCost): Totals {
  const parts = {
    idle: totalDollars(idle),
    inUse: totalDollars(inUse),
    clicks: totalDollars(clicks.whenSent),
    postbacks: totalDollars(postbacks.whenSent),
    deliveries: totalDollars(deliveries.whenSent),
    kept: totalDollars([...clicks.whileKept, ...postbacks.whileKept, ...deliveries.whileKept]),
  };
  return { ...parts, month: Object.values(parts).reduce((sum, dollars) => sum + dollars, 0) };
}

function page(cost: MonthCost, totals: Totals): string {
  const { unpriced, idle, inUse, clicks, postbacks, deliveries } = cost;
  const billed = (lines: readonly Line[]): readonly Line[] => lines.filter(({ dollars }) => dollars > 0);
  const sections: readonly (readonly [string, readonly Line[]])[] = [
    ['Whether anything happens or not', idle],
    ['As soon as anything comes', inUse],
    ['Clicks', clicks.whenSent],
    ['Postbacks that are recorded', postbacks.whenSent],
    ['Deliveries to traffic sources', billed(deliveries.whenSent)],
    [
      'What is kept of all the months before',
      [...clicks.whileKept, ...postbacks.whileKept, ...billed(deliveries.whileKept)],
    ],
  ];
  const rows = sections.flatMap(([title, lines]) =>
    lines.length === 0
      ? []
      : [
          [style.heading(title), dollarsOf(totalDollars(lines)), '', ''],
          ...lines.map(({ part, dollars, how, lower = '' }) => [`  ${part}`, dollarsOf(dollars), how, lower]),
        ],
  );
  return [
    table(
      ['a month', 'dollars', 'how', 'lower it'],
      [...rows, [style.heading('All'), dollarsOf(totals.month), '', '']],
    ),
    '',
    `List prices of ${pricedRegion}, read on ${pricesReadOn}, without any free allowance. docs/cost.md has their sources.`,
    ...(unpriced.length === 0 ? [] : [style.bad(`unpriced: ${unpriced.join(', ')}; the total is too low.`)]),
  ].join('\n');
}

const dollarsOf = (dollars: number): string => dollars.toFixed(2).padStart(9);
