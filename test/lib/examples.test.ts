import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { isServed, reasonInert } from '../../local/template/resource-types';
import { atLength } from '../support/at-length';
import { examples } from './examples';
import { synthesized, type Resource } from './synthesized';

/** CloudFormation's own rules take longer than all the rest here: CI holds the largest example and the built-in stages to them. */
const validated = (title: string): boolean => atLength(true, process.env['CI'] !== undefined && title === 'Hardened');

const builtIn = ['dev', 'prod'].map((stage) => ({ title: 'As it comes', stage, stages: undefined }));

test('the page has an example of each kind', () => {
  expect(examples.map(({ title }) => title)).toEqual([
    'Minimal',
    'Domains',
    'Hardened',
    'High volume',
    'Another region, with an edge',
  ]);
});

describe.each([...builtIn, ...examples])('$title: the stage $stage', ({ title, stage, stages }) => {
  process.env['CDK_VALIDATION'] = String(validated(title));
  const { stack, template } = synthesized(stage, stages);
  const resources: Record<string, Resource> = template.toJSON()['Resources'];

  test.each([
    ['AwsSolutions', () => new AwsSolutionsChecks()],
    ['Serverless', () => new ServerlessChecks()],
  ])(`has nothing that the rule pack %s objects to and nobody answered (${title})`, (_, pack) => {
    expect(pack().validateScope(stack).violations).toEqual([]);
  });

  test('has no circle of references, which CloudFormation would reject', () => {
    expect(circleIn(resources)).toEqual([]);
  });

  test('runs on one machine, unless it has an edge, which is rejected by name', () => {
    const types = Object.values(resources).map(({ Type }) => String(Type));
    const unknown = new Set(types.filter((type) => !isServed(type) && reasonInert(type) === undefined));
    expect([...unknown].sort()).toEqual(types.includes('AWS::CloudFront::Distribution') ? edgeTypes(types) : []);
  });

  test('names only resources that it has', () => {
    const named = Object.values(resources).flatMap((resource) => [...referencesOf(resource)]);
    expect(named.filter((id) => !(id in resources) && !id.startsWith('AWS::'))).toEqual([]);
  });

  test('keeps everything that holds data under the logical ID of prod', () => {
    const stateful = /GlobalTable|::LogGroup|::Secret$|SNS::Topic$|SQS::Queue$/;
    const idsOf = (all: Record<string, Resource>): string[] =>
      Object.keys(all).filter((id) => stateful.test(String(all[id]?.['Type'])) && !id.startsWith('Gate'));
    expect(idsOf(resources)).toEqual(idsOf(synthesized('prod').template.toJSON()['Resources']));
  });
});

/** What the local stack has no likeness of. */
const edgeTypes = (types: readonly string[]): string[] =>
  [
    'AWS::ApiGatewayV2::Authorizer',
    'AWS::CloudFront::Distribution',
    'AWS::CloudFront::Function',
    'AWS::CloudFront::OriginRequestPolicy',
    'AWS::WAFv2::WebACL',
  ].filter((type) => types.includes(type));

/** Logical IDs that a resource names anywhere: in its properties, its policies, and what it waits for. */
function referencesOf(resource: Resource): Set<string> {
  const text = JSON.stringify(resource);
  const named = [...text.matchAll(/"Ref":"([^"]+)"|"Fn::GetAtt":\["([^"]+)"/g)].map(
    ([, ref, attribute]) => ref ?? attribute,
  );
  const awaited: unknown = resource['DependsOn'] ?? [];
  return new Set([...named, ...[awaited].flat().map(String)].filter((id) => id !== undefined));
}

/** The IDs of a circle of references, in order; empty where there is none. */
function circleIn(resources: Record<string, Resource>): string[] {
  const done = new Set<string>();
  const visit = (id: string, way: readonly string[]): string[] => {
    if (way.includes(id)) return [...way.slice(way.indexOf(id)), id];
    const resource = resources[id];
    if (done.has(id) || !resource) return [];
    for (const next of referencesOf(resource)) {
      const circle = visit(next, [...way, id]);
      if (circle.length > 0) return circle;
    }
    done.add(id);
    return [];
  };
  return Object.keys(resources).reduce<string[]>((found, id) => (found.length > 0 ? found : visit(id, [])), []);
}
