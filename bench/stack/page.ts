import type { Measurement } from './load';
import type { CountRate } from './count-rate';
import type { BenchResults } from './measured';
import { parts } from './process-cost';

/** `docs/performance.md`, whole. */
export function performancePage(measured: BenchResults): string {
  const { date, machine, node, stage, connections, fresh, aged, memoryAtRest, handlers, imports, reports, counting } =
    measured;
  return `# Performance

Written by \`npm run bench\`; the same figures are in \`bench/measured.json\`.

Measured on ${date}: ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGigabytes} GB, ${machine.system}, Node.js ${node}. Stage
\`${stage}\`, ${connections} connections. The program that sends the load runs on the same cores.

## The local stack

A click is one that is stored and redirected. A postback is one that is recorded, each for a click of its own, with its token checked.

${loadTable(fresh)}

After ${thousands(aged.clicks)} clicks and ${thousands(aged.postbacks)} postbacks:

${loadTable(aged.measurements)}
${memoryAtRest === undefined ? '' : `\nTwo minutes later the whole stack takes ${memoryAtRest} MB.\n`}
## Where the time goes

Milliseconds of one core for each request, and \`read\` and \`write\` calls of the runner, which is the process that all requests pass.
A click's four writes are its event to the function, the function's row to dynoxide, dynoxide's answer to the function, and the redirect
to the visitor; each further call of a postback to storage adds two. Log lines are written to disk ten times a second.

${costTable([...fresh, ...aged.measurements.map((one) => ({ ...one, what: `${one.what}, aged` }))])}

## A request in its function

Milliseconds of one core in a warm function, the AWS SDK included, with storage that answers at once. [cost.md](cost.md) bills them by the
memory of the function: 256 MB is a seventh of a core. Of five rounds the one that other work disturbed least.

${table(
  ['', 'median', 'p90'],
  handlers.map(({ what, median, p90 }) => [what, `${median} ms`, `${p90} ms`]),
)}

## Loading a function

Milliseconds of one core, the median of nine processes.

${table(
  ['function', 'bundle', 'import'],
  imports.map((one) => [one.function, `${one.kilobytes} kB`, `${one.milliseconds} ms`]),
)}

## A report

A month of clicks in a file for each day, with a conversion for two of a hundred, asked of DuckDB, which is in the place of Athena here: the shortest of
three times. Athena reads the same files. It bills the columns that the report reads, ten megabytes at least, at $5 a terabyte.

${table(
  ['clicks of the month', 'report', 'time', 'files', 'scanned', 'Athena bills'],
  reports.map((one) => [
    thousands(one.rows),
    one.what,
    `${thousands(one.milliseconds)} ms`,
    `${thousands(one.fileMegabytes)} MB`,
    `${one.scannedMegabytes} MB`,
    `$${one.dollars}`,
  ]),
)}
${counting === undefined ? '' : countingText(counting)}`;
}

const clicksPerSecond = 1000;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
const partitionWriteUnits = 1000;

/** Computes the load on counting of a campaign of so many clicks a second, from the cost of one batch: by arithmetic, and not on AWS. */
function countingText({ clicks, batch, cpuMilliseconds, writeUnits, drift }: CountRate): string {
  const secondsBetween = batch / clicksPerSecond;
  const unitsPerSecond = writeUnits / secondsBetween;
  const rounded = (number: number): string => number.toPrecision(2);
  return `
## Counting

${thousands(clicks)} clicks of one campaign, fed to the function that counts in batches of ${thousands(batch)}, as many as an event of Lambda has room for. Its
storage is the local stack's. A batch takes ${thousands(cpuMilliseconds)} ms of a core, and ${rounded(writeUnits)} write units of the table of facts for its position and its
object, in one transaction. The report differs from what was fed in by ${drift}.

At ${thousands(clicksPerSecond)} clicks a second a batch is full every ${rounded(secondsBetween)} s if the stream has one shard. One shard is counted by one run at a time, which is then busy
for ${rounded(cpuMilliseconds / 10 / secondsBetween)} % of the time on such a core, and the table of facts takes ${rounded(unitsPerSecond)} write units a second: ${rounded((unitsPerSecond / partitionWriteUnits) * 100)} % of what one partition takes. With
more shards each has its share, and a window of 60 s bounds how long changes wait.

Not measured: a stream, S3 and DynamoDB of a real account, and how old changes are there when they are counted.
`;
}

function loadTable(measurements: readonly Measurement[]): string {
  return table(
    ['', 'per second', 'p50', 'p99', 'requests', 'memory'],
    measurements.map(({ what, perSecond, p50, p99, requests, memory }) => [
      what,
      String(perSecond),
      `${p50} ms`,
      `${p99} ms`,
      thousands(requests),
      memory === undefined ? '–' : `${memory} MB`,
    ]),
  );
}

function costTable(measurements: readonly Measurement[]): string {
  return table(
    ['', ...parts, 'all', 'reads', 'writes'],
    measurements.flatMap(({ what, each }) => {
      if (each === undefined) return [];
      const { cpuMilliseconds, runnerReads, runnerWrites } = each;
      const all = parts.reduce((sum, part) => sum + cpuMilliseconds[part], 0);
      return [
        [
          what,
          ...parts.map((part) => cpuMilliseconds[part].toFixed(2)),
          all.toFixed(2),
          String(runnerReads),
          String(runnerWrites),
        ],
      ];
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const thousands = (count: number): string => count.toLocaleString('en-US');
