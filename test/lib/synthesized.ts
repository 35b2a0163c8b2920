import * as path from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Template } from 'aws-cdk-lib/assertions';
import type { TrackerStack } from '../../lib/tracker-stack';
import { hashOfSources } from '../e2e/assembly';
import type * as synthesis from './synth';

export const repository = path.join(__dirname, '..', '..');

/** A template is JSON: each test says what shape it expects where. */
export type Resource = ReturnType<Template['findResources']>[string];

export interface Synthesized {
  readonly stack: TrackerStack;
  readonly template: Pick<Template, 'toJSON'>;
  /** Resources of one type, by logical ID. */
  readonly resources: (type: string) => Record<string, Resource>;
}

const cdkJson: { readonly context: Record<string, unknown> } = JSON.parse(
  readFileSync(path.join(repository, 'cdk.json'), 'utf8'),
);
// Two thirds of a synth. The stages of the page are validated by examples.test.ts, the built-in ones by CI also.
process.env['CDK_VALIDATION'] ??= 'false';

const cache = new Map<string, Synthesized>();
const sources = hashOfSources();

/**
 * The stack of a stage as `cdk synth` would make it with this repository's flags, without bundling any code. Its template is kept for the
 * other test files while no source changes: most need nothing else, and are spared the CDK.
 */
export function synthesized(stage: string, stages?: Record<string, unknown>, release?: string): Synthesized {
  const context = { ...cdkJson.context, stage, ...(stages && { stages }), ...(release && { release }) };
  const key = JSON.stringify(context);
  const known = cache.get(key);
  if (known) return known;
  const file = path.join(keptTemplates(), `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`);
  let made: synthesis.Synth | undefined;
  const synthOnce = (): synthesis.Synth => (made ??= jest.requireActual<typeof synthesis>('./synth').synth(context));
  const isKept = process.env['CDK_VALIDATION'] === 'false' && existsSync(file);
  const json: synthesis.Synth['json'] = isKept ? JSON.parse(readFileSync(file, 'utf8')) : synthOnce().json;
  if (!isKept) keep(file, json);
  const found: Synthesized = {
    get stack() {
      return synthOnce().stack;
    },
    template: { toJSON: () => json },
    resources: (type) =>
      Object.fromEntries(Object.entries<Resource>(json['Resources']).filter(([, one]) => one['Type'] === type)),
  };
  cache.set(key, found);
  return found;
}

function keptTemplates(): string {
  const folder = path.join(tmpdir(), `tracker-e2e-assembly-templates-${sources}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Whole or not at all: test files run side by side. */
function keep(file: string, json: object): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(json));
  renameSync(draft, file);
}

/** The one logical ID that starts so: hashes stay out of the tests that are not about them. */
export function logicalId(resources: Record<string, Resource>, prefix: string): string {
  const ids = Object.keys(resources).filter((id) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(id));
  if (ids.length !== 1 || ids[0] === undefined) throw new Error(`${ids.length} resources are named ${prefix}…`);
  return ids[0];
}

/** The properties of the only resource there is. */
export function onlyOne(resources: Record<string, Resource>): Resource {
  const [found, ...others] = Object.values(resources);
  if (!found || others.length > 0) throw new Error(`${Object.keys(resources).length} resources where one was expected`);
  return found['Properties'];
}

/** A text as CloudFormation will write it, with `reference` in place of each name that it does not know yet. */
export function plainText(
  text: string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] },
  reference = 'reference',
): string {
  if (typeof text === 'string') return text;
  const [separator, parts] = text['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : reference)).join(separator);
}
