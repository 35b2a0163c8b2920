import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const projectFolder = join(__dirname, '..');

/**
 * The template of a stage, as `cdk deploy -c stage=NAME` would deploy it, without the code of its functions. Rejects with what the app
 * says where there is no such stage.
 */
export async function templateOfStage(stage: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-template-'));
  try {
    await runApp(folder, stage);
    const file = readdirSync(folder).find((name) => name.endsWith('.template.json'));
    if (file === undefined) throw new Error('The CDK app made no template.');
    const template: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return template;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runApp(folder: string, stage: string): Promise<void> {
  const settings: { readonly context?: object } = JSON.parse(readFileSync(join(projectFolder, 'cdk.json'), 'utf8'));
  const child = spawn(process.execPath, ['--import', 'tsx', join('bin', 'tracker.ts')], {
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
