import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { node, synthesized } from './assembly';

/** Kilobytes that a handler's bundle may have. INIT is billed, and a visitor waits for it. */
const budgets = { Click: 420, Visitor: 450, Postback: 450, Retry: 450, Watchdog: 300 } as const;

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
      ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(`Functions${name}`),
    ) ?? [];
  const key = resource?.Properties?.Code?.S3Key;
  if (key === undefined) throw new Error(`the template names no bundle for ${name}`);
  return join(assembly, `asset.${key.replace(/\.zip$/, '')}`, 'index.mjs');
}

describe.each(Object.entries(budgets))('the bundle of the %s function', (name, kilobytes) => {
  it(`has at most ${kilobytes} kB`, () => {
    expect(statSync(bundleOf(name)).size / 1000).toBeLessThanOrEqual(kilobytes);
  });

  it('loads on its own and exports its handler alone', () => {
    const variables = ['CONFIG', 'CLICKS', 'CONVERSIONS', 'POSTBACK_LOG', 'VISITOR_KEYS'].map(
      (table) => `${table}_TABLE`,
    );
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
          ...Object.fromEntries([...variables, 'MASTER_SECRET_ARN'].map((variable) => [variable, 'x'])),
          STAGE: 'dev',
          RETRY_QUEUE_URL: 'http://127.0.0.1/queue',
          DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1/dead',
          CONFIG_CACHE_SECONDS: '0',
          POSTBACK_LOG_RETENTION_DAYS: '90',
          AWS_REGION: 'us-east-1',
        },
      },
    );
    expect(exported.trim()).toBe('handler');
  });
});
