import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const projectFolder = join(__dirname, '..');

/** A stage as `cdk deploy -c stage=NAME` would deploy it, without the code of its functions. */
export interface SynthesizedStage {
  readonly template: unknown;
  /** The account of the stage's deployment; the credentials decide where the stage names none. */
  readonly account?: string;
  readonly region?: string;
}

/** Runs the CDK app for a stage. Rejects with the first line of what the app says where there is no such stage. */
export async function synthesizeStage(stage: string): Promise<SynthesizedStage> {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-template-'));
  try {
    await runApp(folder, stage);
    const file = readdirSync(folder).find((name) => name.endsWith('.template.json'));
    if (file === undefined) throw new Error('The CDK app made no template.');
    const template: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return { template, ...placeIn(readFileSync(join(folder, 'manifest.json'), 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function templateOfStage(stage: string): Promise<unknown> {
  return (await synthesizeStage(stage)).template;
}

/** The manifest names the environment of a stack as `aws://111122223333/eu-west-1`, or `unknown-account` and `unknown-region`. */
function placeIn(manifest: string): Pick<SynthesizedStage, 'account' | 'region'> {
  const [, account = '', region = ''] = /"environment": *"aws:\/\/([^/"]+)\/([^/"]+)"/.exec(manifest) ?? [];
  return { ...(/^\d{12}$/.test(account) && { account }), ...(/^[a-z]+-[a-z-]+-\d$/.test(region) && { region }) };
}

function runApp(folder: string, stage: string): Promise<void> {
  const settings: { readonly context?: object } = JSON.parse(readFileSync(join(projectFolder, 'cdk.json'), 'utf8'));
  const child = spawn(process.execPath, [join('bin', 'tracker.mjs')], {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      // No stack is bundled: prices do not hang on the code.
      CDK_CONTEXT_JSON: JSON.stringify({ ...settings.context, stage, 'aws:cdk:bundling-stacks': [] }),
      CDK_VALIDATION: 'false',
    },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(said.trim().split('\n')[0] ?? `The CDK app ended with ${String(code)}.`));
    });
  });
}
