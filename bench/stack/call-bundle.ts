import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { environmentVariablesOf } from '../../local/lambda/environment-variables';
import type { StackModel } from '../../local/template/model';

/**
 * Starts a script of this folder with the bundle of a function, hands it the input and returns its answer. The script answers once when it
 * is ready, and once for the input.
 */
export async function callBundle(
  script: string,
  label: string,
  { functions }: StackModel,
  gatewayUrl: string,
  input: object,
): Promise<unknown> {
  const model = functions.find((one) => one.label === label);
  if (model === undefined) throw new Error(`The template has no ${label}.`);
  const child = fork(join(__dirname, script), [join(model.assetDirectory, 'index.mjs')], {
    env: environmentVariablesOf(model, gatewayUrl, '127.0.0.1:9', 'bench'),
    execArgv: [],
    // The log lines are written to nowhere.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const answer = (): Promise<unknown> =>
    Promise.race([
      once(child, 'message').then(([message]: unknown[]) => message),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`${label} ended with ${String(code)}`))),
    ]);
  await answer();
  const answered = answer();
  child.send(input);
  return answered;
}
