import { assumed } from '../../cost/assumptions';
import { idleMonth } from '../../cost/idle-cost';
import { totalDollars } from '../../cost/line';
import { measured, type FlowName } from '../../cost/measured';
import { pricedRegion } from '../../cost/prices';
import { billedMilliseconds } from '../../cost/function-time';
import { costOfMillion, functionOf } from '../../cost/request-cost';
import { costOfStrangers, strangers } from '../../cost/strangers';
import { inventoryOf, type Inventory } from '../../cost/template/inventory';
import { builtInStages } from '../../lib/stages';

const secondsPerDay = 86_400;

/** What other pages say of costs, by page and marker: from the model, so that no two pages can contradict each other. */
export function costSentences(prodTemplate: unknown): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const prod = inventoryOf(prodTemplate);
  const million = (flow: FlowName): number => dollarsOfMillion(prod, flow);
  const billed = (label: string): number => Math.round(billedMilliseconds(functionOf(prod, label), assumed));
  const { rate } = builtInStages.prod.throttle;
  const perDay = (rate * secondsPerDay) / 1_000_000;
  return {
    'README.md': {
      costs:
        `**What it costs in AWS**, at list prices in ${pricedRegion} with API, functions, tables and logs: $${million('click').toFixed(2)} per million clicks, ` +
        `$${million('recorded').toFixed(2)} per million recorded postbacks, and $${totalDollars(idleMonth(prod, assumed)).toFixed(2)} a month for an idle production stack ` +
        'with all its alarms. `npx tracker cost` computes it for your own stage and volume; [docs/cost.md](docs/cost.md) has each part and the method.',
    },
    'SECURITY.md': {
      flood:
        `A postback route at its full ${rate.toLocaleString('en-US')} a second is ${Math.round(perDay)} million requests a day: about ` +
        `$${Math.round(perDay * million('forged'))}, at $${million('forged').toFixed(2)} per million.`,
      strangers: tableOfStrangers(prod),
    },
    'docs/deploy.md': {
      billed:
        `[cost.md](cost.md) assumes a billed time of ${billed('FunctionsClick')} ms for a click and ${billed('FunctionsPostback')} ms ` +
        'for a postback.',
    },
  };
}

function tableOfStrangers(inventory: Inventory): string {
  const rows = strangers.map((stranger) => {
    const { total } = costOfStrangers(stranger, inventory);
    return `| ${stranger.what} | ${stranger.reads} | ${total.toFixed(2)} |`;
  });
  return [
    '| a million postbacks of strangers, with | reads of each | dollars |',
    '| --- | ---: | ---: |',
    ...rows,
  ].join('\n');
}

function dollarsOfMillion(inventory: Inventory, flow: FlowName): number {
  return totalDollars(costOfMillion(measured.flows[flow], inventory, measured.daysKept, assumed).whenSent);
}
