import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NotHere } from '../external-tools';
import { openAccount } from './account/account';
import { Cdk, cdkVersion, stackName } from './cdk';
import { Checks, Stopped } from './checks';
import { type Emulator, startEmulator } from './emulator/emulator';
import { correctedAfterDeploy, notProven } from './emulator/gaps';
import { leftOut } from './emulator/left-out';
import { installTools } from './emulator/tools';
import type { Proof } from './proof';
import { lint } from './second-opinion';
import { knockAtAdmin } from './steps/access';
import { deployChange } from './steps/change';
import { bootstrapAndDeploy } from './steps/deploy';
import { destroy } from './steps/destroy';
import { lookAtSettings } from './steps/settings';
import { sendTraffic } from './steps/traffic';
import { textTable } from './text-table';
import { Tracker } from './tracker';

const help = `Deploys the tracker with the CDK's command line into an emulator of AWS on this machine, uses it, changes it and destroys it.

  npm run prove:deploy -- [options]

  --required   fail where the emulator cannot be had, and do not skip
  --keep       keep the logs also of a run that went well
  --help       this text

Needs Python 3.10 or later, openssl, and PyPI once; without them it says so and does nothing.
`;

const limitMilliseconds = 240_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { required: { type: 'boolean' }, keep: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return say(help);
  const required = values.required === true || process.env['PROVE_DEPLOY_REQUIRED'] === '1';
  const folder = mkdtempSync(join(tmpdir(), 'prove-deploy-'));
  let isGood = false;
  // Each process ends its children on this event, so that nothing outlives a run.
  process.once('exit', () => {
    if (isGood && values.keep !== true) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    else say(`Logs are in ${folder}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const limit = setTimeout(() => {
    say('NOT proven: it took longer than 4 minutes.');
    process.exit(1);
  }, limitMilliseconds);

  try {
    const python = await installTools(folder);
    isGood = await prove(python, folder);
    process.exitCode = isGood ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NotHere) || required) throw error;
    isGood = true;
    say(`Skipped: ${error.message}`);
  } finally {
    clearTimeout(limit);
  }
}

async function prove(python: string, folder: string): Promise<boolean> {
  const startedAt = Date.now();
  const checks = new Checks(say);
  const emulator = await startEmulator(python, folder);
  say(`cdk ${cdkVersion()} into MiniStack at ${emulator.endpoint}, with TLS, signatures and policies enforced.`);
  try {
    await everyStep(python, folder, emulator, checks);
  } catch (error) {
    // Later steps would fail for the same reason; the earlier results still go into the table.
    const said = error instanceof Error ? (error instanceof Stopped ? error.message : error.stack) : undefined;
    checks.that('every step runs to its end', false, said ?? String(error));
  } finally {
    await emulator.stop();
  }
  report(checks, (Date.now() - startedAt) / 1000);
  return checks.failed.length === 0;
}

async function everyStep(python: string, folder: string, emulator: Emulator, checks: Checks): Promise<void> {
  const account = openAccount(emulator);
  const cdk = new Cdk(emulator, folder);
  const proof: Proof = { account, cdk, checks, say };
  try {
    const stack = await bootstrapAndDeploy(proof);
    const opinions = await lint(python, join(cdk.assembly, `${stackName}.template.json`), folder);
    checks.that('cfn-lint agrees with the template', opinions.length === 0, opinions.join('; ') || 'no findings');
    const tracker = new Tracker(account, stack);
    await lookAtSettings(proof, tracker);
    const operator = await knockAtAdmin(proof, tracker);
    const sent = await sendTraffic(proof, tracker, operator);
    const changed = await deployChange(proof, stack, sent);
    await destroy(proof, changed, sent);
  } finally {
    account.close();
  }
}

function report(checks: Checks, seconds: number): void {
  const rows = checks.all.map(({ claim, figure, holds }) => [holds ? 'ok' : 'FAILED', claim, figure]);
  say(`\n${textTable([['', 'check', 'figure'], ...rows])}`);
  say('\nPut right in the emulator after each deployment:');
  for (const line of correctedAfterDeploy) say(`  - ${line}`);
  say(`\nTaken out of the template, since the emulator rejects it: ${leftOut.join(', ')}.`);
  say('\nNot proven by this:');
  for (const line of notProven) say(`  - ${line}`);
  const failed = checks.failed.length;
  const verdict = failed === 0 ? 'Proven' : 'NOT proven';
  say(`\n${verdict}: ${checks.all.length - failed} of ${checks.all.length} checks hold, in ${seconds.toFixed(0)} s.`);
}

main().catch((error: unknown) => {
  const said = error instanceof Error && !(error instanceof NotHere) ? error.stack : undefined;
  say(`NOT proven: ${said ?? (error instanceof Error ? error.message : String(error))}`);
  process.exit(1);
});
