import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environmentVariable } from '../../lambdas/contract';
import { functionEntry, functionNames } from '../../lib/functions';
import { node, synthesized } from './assembly';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Code?: { readonly S3Key?: string } };
}

let assembly: string;
beforeAll(async () => {
  assembly = await synthesized('dev');
}, 120_000);

function bundleOf(name: string): string {
  const template: { readonly Resources: Readonly<Record<string, Resource>> } = JSON.parse(
    readFileSync(join(assembly, 'PostbackTracker-dev.template.json'), 'utf8'),
  );
  const [, resource] =
    Object.entries(template.Resources).find(
      ([id, { Type }]) =>
        Type === 'AWS::Lambda::Function' && id.startsWith(`Functions${name.charAt(0).toUpperCase()}${name.slice(1)}`),
    ) ?? [];
  const key = resource?.Properties?.Code?.S3Key;
  if (key === undefined) throw new Error(`the template names no bundle for ${name}`);
  return join(assembly, `asset.${key.replace(/\.zip$/, '')}`, 'index.mjs');
}

describe.each(functionNames)('the bundle of the %s function', (name) => {
  const { bundleKilobytes: kilobytes, environment } = functionEntry(name);

  it(`has at most ${kilobytes} kB`, () => {
    expect(statSync(bundleOf(name)).size / 1000).toBeLessThanOrEqual(kilobytes);
  });

  it('loads on its own and exports its handler alone', () => {
    const exported = execFileSync(
      node,
      [
        '--input-type=module',
        '--eval',
        `console.log(Object.keys(await import(${JSON.stringify(bundleOf(name))})).join())`,
      ],
      {
        encoding: 'utf8',
        env: {
          ...Object.fromEntries(environment.map((variable) => [environmentVariable[variable], '1'])),
          STAGE: 'dev',
          AWS_REGION: 'us-east-1',
        },
      },
    );
    expect(exported.trim()).toBe('handler');
  });
});
