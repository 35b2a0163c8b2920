import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resourcesOf, type TemplateResource } from './insider';

/** One action on one resource that the template lets one function do. */
export interface Grant {
  /** `FunctionsClick` */
  readonly function: string;
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** `TablesConfig` */
  readonly resource: string;
}

type Resources = Record<string, TemplateResource>;

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** What writes a function's own log; nothing here stands in for that service. */
const isLogging = (action: string): boolean => action.startsWith('logs:');

export function grantsIn(assembly: string): readonly Grant[] {
  return policiesOf(resourcesOf(assembly)).flatMap(({ function: by, statements }) =>
    statements
      .flatMap(({ Action, Resource }) =>
        listOf(Action).flatMap((action) =>
          listOf(Resource).map((resource) => ({ function: by, action: String(action), resource: labelOf(resource) })),
        ),
      )
      .filter(({ action }) => !isLogging(action)),
  );
}

export function sentenceOf(grant: Grant): string {
  return `${grant.function} ${grant.action} ${grant.resource}`;
}

/** The same assembly but for what `change` does to its template. The bundles are the same files. */
export function changedAssembly(assembly: string, change: (resources: Resources) => void): string {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-e2e-changed-'));
  for (const name of readdirSync(assembly)) {
    if (name.startsWith('asset.')) symlinkSync(join(assembly, name), join(directory, name));
    else cpSync(join(assembly, name), join(directory, name), { recursive: true });
  }
  const file = readdirSync(directory).find((name) => name.endsWith('.template.json')) ?? '';
  const path = join(directory, file);
  const template: { readonly Resources: Resources } = JSON.parse(readFileSync(path, 'utf8'));
  change(template.Resources);
  writeFileSync(path, JSON.stringify(template));
  return directory;
}

/** Takes one grant out of a template, and leaves every other. */
export function withoutGrant({ function: by, action, resource }: Grant): (resources: Resources) => void {
  return (resources) => {
    for (const policy of policiesOf(resources).filter((one) => one.function === by)) {
      const alone = policy.statements.flatMap((statement) =>
        listOf(statement.Action).flatMap((one) =>
          listOf(statement.Resource).map((on) => ({ ...statement, Action: String(one), Resource: on })),
        ),
      );
      const kept = alone.filter((one) => one.Action !== action || labelOf(one.Resource) !== resource);
      policy.statements.splice(0, policy.statements.length, ...kept);
    }
  };
}

function policiesOf(resources: Resources): readonly { readonly function: string; readonly statements: Statement[] }[] {
  return Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .flatMap(({ Properties }) => {
      const { Statement: statements } = Properties['PolicyDocument'] as { Statement: Statement[] };
      return listOf(Properties['Roles']).map((role) => ({ function: labelOf(role).replace(/Role$/, ''), statements }));
    });
}

/**
 * `{"Fn::GetAtt":["TablesConfig8DAB628F","Arn"]}` and `{"Ref":…}` are `TablesConfig`, and so is what is joined to one. The catalog of the
 * account is no resource of the template, and neither is `*`.
 */
function labelOf(reference: unknown): string {
  if (reference === '*') return 'everything';
  if (/":catalog"\]/.test(JSON.stringify(reference))) return 'catalog';
  const logicalId = /"(?:Fn::GetAtt":\[|Ref":)"(\w+)"/.exec(JSON.stringify(reference))?.[1];
  if (logicalId === undefined)
    throw new Error(`the policy names ${JSON.stringify(reference)}, which is no resource of the template`);
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
