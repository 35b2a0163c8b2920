import type { Measurement } from './load';
import type { BenchResults } from './measured';
import { parts } from './process-cost';

/** `docs/performance.md`, whole. */
export function performancePage(measured: BenchResults): string {
  const { date, machine, node, stage, connections, fresh, aged, memoryAtRest, handlers, imports, reports } = measured;
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

A month by country and device, with a conversion for two of a hundred clicks, asked of DuckDB, which stands for Athena here: the shortest of
three times. Athena reads the same files. It bills the columns that the report reads, ten megabytes at least, at $5 a terabyte.

${table(
  ['clicks', 'metrics', 'time', 'files', 'scanned', 'Athena bills'],
  reports.map((one) => [
    thousands(one.rows),
    one.what,
    `${thousands(one.milliseconds)} ms`,
    `${thousands(one.fileMegabytes)} MB`,
    `${one.scannedMegabytes} MB`,
    `$${one.dollars}`,
  ]),
)}
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
