import * as v from 'valibot';
import type { Acknowledged, ReviewedResources, ReviewedStack } from './stack';

type Row = readonly string[];

const oneOrMore = v.pipe(
  v.union([v.string(), v.array(v.unknown()), v.record(v.string(), v.unknown())]),
  v.transform((given): readonly unknown[] => (Array.isArray(given) ? given : [given])),
);
const statement = v.object({ Action: oneOrMore, Resource: v.optional(oneOrMore, []) });
const policy = v.object({
  PolicyDocument: v.object({ Statement: v.array(statement) }),
  Roles: v.array(v.object({ Ref: v.string() })),
});
const trust = v.object({
  AssumeRolePolicyDocument: v.object({
    Statement: v.array(v.object({ Principal: v.object({ Service: v.unknown() }) })),
  }),
  ManagedPolicyArns: v.optional(v.array(v.unknown()), []),
});
const route = v.object({ RouteKey: v.string(), AuthorizationType: v.optional(v.string(), 'NONE') });

/** The tables of docs/review.md, by the name of their markers: what somebody who approves the stack wants to see of prod. */
export function reviewTables({ resources, acknowledged }: ReviewedStack): Readonly<Record<string, string>> {
  return {
    resources: resourcesTable(resources),
    roles: rolesTable(resources),
    public: publicTable(resources),
    acknowledgements: acknowledgementsTable(acknowledged),
  };
}

function markdown(head: Row, rows: readonly Row[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

const ofType = (resources: ReviewedResources, type: string) =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

function resourcesTable(resources: ReviewedResources): string {
  const types = [...new Set(Object.values(resources).map(({ Type }) => Type))].sort();
  const rows = types.map((type) => [`\`${type}\``, String(ofType(resources, type).length)]);
  return markdown(['type', 'how many'], [...rows, ['all', String(Object.keys(resources).length)]]);
}

function rolesTable(resources: ReviewedResources): string {
  const policies = ofType(resources, 'AWS::IAM::Policy').map(([, { Properties }]) => v.parse(policy, Properties));
  const rows = ofType(resources, 'AWS::IAM::Role').map(([id, { Properties }]) => {
    const { AssumeRolePolicyDocument: assumed, ManagedPolicyArns: managed } = v.parse(trust, Properties);
    const own = policies
      .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === id))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .map(
        ({ Action, Resource }) =>
          `${Action.map((one) => `\`${String(one)}\``).join(' ')} on ${Resource.map(nameOf).join(', ')}`,
      );
    const kept = managed.map((arn) => `the policy ${nameOf(arn)}`);
    const service = assumed.Statement.map(({ Principal }) => nameOf(Principal.Service)).join(', ');
    return [plain(id), service, [...own, ...kept].join('<br>')];
  });
  return markdown(['role', 'of', 'may'], rows);
}

function publicTable(resources: ReviewedResources): string {
  const rows = ofType(resources, 'AWS::ApiGatewayV2::Route')
    .map(([, { Properties }]) => v.parse(route, Properties))
    .map(({ RouteKey, AuthorizationType }) => [
      `\`${RouteKey}\``,
      AuthorizationType === 'NONE' ? '**anybody**' : 'callers whose AWS credentials may invoke it',
    ]);
  return markdown(
    ['route', 'open to'],
    rows.sort(([left = ''], [right = '']) => (left < right ? -1 : 1)),
  );
}

function acknowledgementsTable(acknowledged: readonly Acknowledged[]): string {
  const reasons = new Map<string, { readonly rule: string; readonly reason: string; readonly where: string[] }>();
  for (const { rule, reason, where } of acknowledged) {
    const key = `${rule} ${reason}`;
    const known = reasons.get(key) ?? { rule, reason, where: [] };
    known.where.push(where);
    reasons.set(key, known);
  }
  const rows = [...reasons.values()].sort((left, right) => (left.rule < right.rule ? -1 : 1));
  return markdown(
    ['rule', 'reason', 'place'],
    rows.map(({ rule, reason, where }) => [
      `\`${rule}\``,
      reason,
      where.length > 3 ? `${where.slice(0, 2).join(', ')} and ${where.length - 2} more` : where.join(', '),
    ]),
  );
}

/** What an intrinsic function of a template names, as far as somebody reads it. */
function nameOf(value: unknown): string {
  if (typeof value === 'string') return value === '*' ? '**everything**' : `\`${value}\``;
  const text = JSON.stringify(value);
  const resource = /"(?:Ref|Fn::GetAtt)":\[?"(?!AWS::)(\w+)"/.exec(text)?.[1];
  if (resource !== undefined) {
    // What follows the resource in its ARN: the objects below a prefix, or a table of a database.
    const [, below = ''] = /\}?,"(\/[^"]+)"\]\]\}$/.exec(text) ?? [];
    return below === '' ? plain(resource) : `\`${plain(resource)}${below}\``;
  }
  return `\`${[...text.matchAll(/"([^"]*[/:.][^"]*)"/g)]
    .map(([, part = '']) => part)
    .filter((part) => !part.startsWith('Fn::') && !part.startsWith('AWS::'))
    .join('…')}\``;
}

/** A logical ID without the digits that make it unique. */
const plain = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');
